/// Nets as points of weight space: symmetries, paths and merging.
@NullMarked
package org.phasezoo.study.weightspace;

import org.jspecify.annotations.NullMarked;
