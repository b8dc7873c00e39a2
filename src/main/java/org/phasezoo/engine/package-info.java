/// Programs: graphs laid out, fused, planned into an arena and run. Knows `graph`, `kernel`,
/// `random`.
@NullMarked
package org.phasezoo.engine;

import org.jspecify.annotations.NullMarked;
