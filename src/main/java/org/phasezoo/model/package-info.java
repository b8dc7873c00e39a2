/// Architectures as graphs, their parameters and initialisations. Knows `document`, `graph`,
/// `random`.
@NullMarked
package org.phasezoo.model;

import org.jspecify.annotations.NullMarked;
