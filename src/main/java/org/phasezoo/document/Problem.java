package org.phasezoo.document;

/// One thing wrong with a document: where it is (`file` and JSON `pointer`), what was found, and
/// how to mend it.
public record Problem(String file, String pointer, String problem, String mend) {}
