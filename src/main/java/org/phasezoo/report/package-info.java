/// Figures, tables and pages. Deterministic SVG of our own.
@NullMarked
package org.phasezoo.report;

import org.jspecify.annotations.NullMarked;
