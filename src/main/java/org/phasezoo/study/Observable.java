package org.phasezoo.study;

/// Something a study records by itself.
///
/// @param definition its id, for example `loss.train.running.v1` or `mattis.archetype.v1`
/// @param series true when it is recorded at steps (rows of `series.arrow`), false for one value a
///   member (a row of `measurements` under its definition)
/// @param unit its unit, `1` when it has none
public record Observable(String definition, boolean series, String unit) {}
