/// Suites: versioned questions as data, and the plan of members that a suite stands for.
@NullMarked
package org.phasezoo.suite;

import org.jspecify.annotations.NullMarked;
