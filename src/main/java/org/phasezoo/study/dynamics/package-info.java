/// Training dynamics and their phases: nets small enough to be followed step by step.
@NullMarked
package org.phasezoo.study.dynamics;

import org.jspecify.annotations.NullMarked;
