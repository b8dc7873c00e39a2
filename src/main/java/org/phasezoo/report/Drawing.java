package org.phasezoo.report;

/// A figure, drawn and as the table that it draws.
public sealed interface Drawing permits HeatMap, Lines, Scatter {
    /// What it shows, in a line.
    String title();

    /// The picture: plain SVG without styles, scripts, fonts or ids, so that it shows on a code
    /// host and inside a page under a strict content security policy.
    String svg();

    /// The numbers in it, as CSV.
    String csv();

    /// Whether it needs more than one column of a page.
    boolean wide();
}
