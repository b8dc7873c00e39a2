/// Statistics as values: estimators, intervals, tests. Each states its assumptions and its least n.
@NullMarked
package org.phasezoo.statistic;

import org.jspecify.annotations.NullMarked;
