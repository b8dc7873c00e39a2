/// Message passing on graphs as bounded rows with segment sums.
@NullMarked
package org.phasezoo.study.graphs;

import org.jspecify.annotations.NullMarked;
