package org.phasezoo.study.dynamics;

import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// Examples of y = (β · x)²/2 with x ~ N(0, 1/D), |β|² = D.
///
/// *Draws* of the key: β at 0 …, examples of training at 2³² …, of the test at 2 · 2³² …,
/// row-major.
final class QuadraticTask {
    static final int TESTS = 1000;

    private final double[] beta;
    private final QuadraticExamples train;
    private final QuadraticExamples test;

    QuadraticTask(int dimension, int examples, Key key) {
        Draws draws = new Draws(key);
        this.beta = Normals.of(draws, 0, dimension, 1);
        double length = 0;
        for (double b : beta) {
            length += b * b;
        }
        for (int i = 0; i < dimension; i++) {
            beta[i] *= Math.sqrt(dimension / length);
        }
        double scale = 1 / Math.sqrt(dimension);
        this.train = QuadraticExamples.of(Normals.of(draws, 1, examples * dimension, scale), beta);
        this.test = QuadraticExamples.of(Normals.of(draws, 2, TESTS * dimension, scale), beta);
    }

    QuadraticExamples train() {
        return train;
    }

    QuadraticExamples test() {
        return test;
    }

    double[] beta() {
        return beta;
    }
}
