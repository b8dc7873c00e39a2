/// Training: objectives, optimisers, schedules and the loop. State is a value.
@NullMarked
package org.phasezoo.train;

import org.jspecify.annotations.NullMarked;
