/// Landscape metrics on members, pairs and cells; each definition has an id, errors and a source.
@NullMarked
package org.phasezoo.metric;

import org.jspecify.annotations.NullMarked;
