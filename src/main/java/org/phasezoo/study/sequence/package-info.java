/// Sequences: transformer blocks and what can be told of them.
@NullMarked
package org.phasezoo.study.sequence;

import org.jspecify.annotations.NullMarked;
