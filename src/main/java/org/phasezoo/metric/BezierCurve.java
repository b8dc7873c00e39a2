package org.phasezoo.metric;

import java.util.ArrayList;
import java.util.List;
import org.phasezoo.data.Split;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.train.Descent;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Momentum;
import org.phasezoo.train.Problem;
import org.phasezoo.train.Tensors;

/// How the middle θ of a quadratic Bézier curve between two nets is trained: from the linear
/// mid-point, by momentum gradient descent on mean loss + ½ · weightDecay · ‖w(t)‖², with one t ~
/// U(0, 1) for each batch. The rate is constant for the first half of the epochs, falls linearly to
/// 1 % at 90 %, and stays there.
///
/// *Source*: Garipov et al. 2018; schedule and penalty as Yang et al. 2021, `Mode_connectivity.py`.
public record BezierCurve(
        int epochs, int batchSize, double learningRate, double momentum, double weightDecay) {
    public BezierCurve {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs " + epochs + " must be at least 1");
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize " + batchSize + " must be at least 1");
        }
        if (!(learningRate > 0)) {
            throw new IllegalArgumentException("learningRate " + learningRate + " must be above 0");
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum " + momentum + " must lie in [0, 1)");
        }
        if (!(weightDecay >= 0)) {
            throw new IllegalArgumentException(
                    "weightDecay " + weightDecay + " must be at least 0");
        }
    }

    /// The point w(t), in double precision.
    static double[] point(double[] start, double[] middle, double[] end, double t) {
        double[] weights = new double[start.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] =
                    (1 - t) * (1 - t) * start[i] + 2 * t * (1 - t) * middle[i] + t * t * end[i];
        }
        return weights;
    }

    /// Trains the curve between `a` and `b` and gives its middle.
    double[] train(TrainedNet a, TrainedNet b, Key orders, Key positions) {
        Problem problem = a.problem();
        Tensors theta = theta(problem);
        Tensors start = start(problem);
        Tensors end = end(problem);
        Workspace work = program(problem).workspace(problem.precision());
        start.set(work, a.weights());
        end.set(work, b.weights());
        theta.set(work, middle(a.weights(), b.weights()));
        Split split = problem.split();
        int train = split.train().length;
        int perEpoch = train / batchSize;
        if (perEpoch == 0) {
            throw new IllegalArgumentException(
                    "batchSize " + batchSize + " exceeds the " + train + " training examples");
        }
        Draws order = new Draws(orders);
        Draws position = new Draws(positions);
        int[] rows = new int[train];
        for (int epoch = 0; epoch < epochs; epoch++) {
            int[] shuffled = order.permutation(epoch, train);
            for (int i = 0; i < train; i++) {
                rows[i] = split.train()[shuffled[i]];
            }
            work.set(Descent.RATE, learningRate * decay((double) epoch / epochs));
            for (int batch = 0; batch < perEpoch; batch++) {
                double t = position.uniform((long) epoch * perEpoch + batch);
                work.set("atStart", (1 - t) * (1 - t));
                work.set("atMiddle", 2 * t * (1 - t));
                work.set("atEnd", t * t);
                work.gather(Problem.X, split.inputs(), rows, batch * batchSize, batchSize);
                work.gather(Problem.TARGETS, split.targets(), rows, batch * batchSize, batchSize);
                work.run();
            }
        }
        double[] middle = new double[theta.size()];
        theta.peek(work, middle, 0);
        return middle;
    }

    private static double[] middle(double[] a, double[] b) {
        double[] middle = new double[a.length];
        for (int i = 0; i < middle.length; i++) {
            middle[i] = .5 * a[i] + .5 * b[i];
        }
        return middle;
    }

    private static double decay(double progress) {
        if (progress <= .5) {
            return 1;
        }
        return progress <= .9 ? 1 - (progress - .5) / .4 * .99 : .01;
    }

    /// Of the program that trains it.
    Footprint footprint(Problem problem) {
        return Footprint.ofArena(program(problem), problem.precision());
    }

    private static Tensors theta(Problem problem) {
        return new Tensors("middle.", problem.parameters());
    }

    private static Tensors start(Problem problem) {
        return new Tensors("start.", problem.parameters());
    }

    private static Tensors end(Problem problem) {
        return new Tensors("end.", problem.parameters());
    }

    private Program program(Problem problem) {
        Graph graph = new Graph();
        List<Node> middle = theta(problem).inputs(graph);
        List<Node> from = start(problem).inputs(graph);
        List<Node> to = end(problem).inputs(graph);
        Node atStart = graph.input("atStart", Shape.SCALAR);
        Node atMiddle = graph.input("atMiddle", Shape.SCALAR);
        Node atEnd = graph.input("atEnd", Shape.SCALAR);
        List<Node> point = new ArrayList<>();
        Node square = graph.constant(0);
        for (int i = 0; i < middle.size(); i++) {
            Node w =
                    from.get(i)
                            .times(atStart)
                            .plus(middle.get(i).times(atMiddle))
                            .plus(to.get(i).times(atEnd));
            point.add(w);
            square = square.plus(w.times(w).sumAll());
        }
        Node loss =
                problem.build(graph, batchSize, point)
                        .losses()
                        .sumAll()
                        .over(graph.count(Problem.ROWS));
        Node objective = weightDecay > 0 ? loss.plus(square.times(weightDecay / 2)) : loss;
        return Descent.program(
                objective, loss, theta(problem), new Momentum(learningRate, momentum, 0, 0));
    }
}
