/// Functions and flows learned through derivatives of a net by its inputs.
@NullMarked
package org.phasezoo.study.field;

import org.jspecify.annotations.NullMarked;
