package org.phasezoo.study.dynamics;

import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// Standard normal examples of a [ScalarTask], n of training and 500 of the test; of
/// [ScalarTask#ONE], its one example for both.
///
/// *Draws* of the key: examples at 0 …, of the test at 2³² …, row-major.
final class ScalarExamples {
    private static final int TESTS = 500;

    final double[] x;
    final double[] y;
    final double[] testX;
    final double[] testY;

    ScalarExamples(ScalarTask task, int n, int d, Key key) {
        Draws draws = new Draws(key);
        boolean one = task == ScalarTask.ONE;
        this.x = one ? new double[] {1} : Normals.of(draws, 0, n * d, 1);
        this.testX = one ? x : Normals.of(draws, 1, TESTS * d, 1);
        this.y = task.targets(x, d);
        this.testY = task.targets(testX, d);
    }
}
