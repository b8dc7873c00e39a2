/// Claims judged: two tests, one verdict; phase rules; the judge's own controls.
@NullMarked
package org.phasezoo.claim;

import org.jspecify.annotations.NullMarked;
