package org.phasezoo.engine;

import java.util.List;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.kernel.FloatConvolutionWeights;
import org.phasezoo.kernel.Lanes;

/// Plans convolutions, their adjoints by the input and their weight gradients. Scratch is given
/// back at once: nothing else runs beside the step.
final class Convolutions {
    private Convolutions() {}

    static Step forward(Node node, int padding, int stride, int y, Plan plan) {
        Shape x = node.input(0).shape();
        Shape w = node.input(1).shape();
        Padded image = new Padded(x.size(1), x.size(2), x.size(3), padding, padding);
        plan.count((double) node.shape().elements() * w.elements() / w.size(0));
        return convolution(
                node,
                image,
                List.of(Windows.forward(image, w.size(2), w.size(3), stride)),
                0,
                y,
                plan);
    }

    static Step input(Node node, int padding, int stride, int y, Plan plan) {
        Shape g = node.input(0).shape();
        Shape w = node.input(1).shape();
        int kh = w.size(2);
        int kw = w.size(3);
        int width = node.shape().size(3);
        Border[] rows = Border.classes(node.shape().size(2), kh, padding, stride);
        Border[] columns = Border.classes(width, kw, padding, stride);
        Padded image =
                new Padded(
                        g.size(1),
                        g.size(2),
                        g.size(3),
                        Border.width(rows, g.size(2)),
                        Border.width(columns, g.size(3)));
        plan.count((double) g.elements() * w.elements() / w.size(0));
        return convolution(
                node,
                image,
                Windows.adjoint(image, w.size(1), width, kh, kw, stride, rows, columns),
                plan.layout().size(w),
                y,
                plan);
    }

    /// `weights`: elements of the weights that its classes collect anew.
    private static Step convolution(
            Node node, Padded image, List<Windows> classes, int weights, int y, Plan plan) {
        Shape shape = node.shape();
        int size = weights + (image.isBorderless() ? 0 : image.size());
        int scratch = plan.take(size);
        plan.giveBack(scratch, size);
        return new Step.Convolve(
                shape.rows(),
                plan.place(node.input(0)),
                image,
                plan.place(node.input(1)),
                shape.size(1),
                classes,
                shape.size(2) * shape.size(3) * Lanes.LANES,
                scratch,
                y);
    }

    static Step weights(Node node, int padding, int stride, int kh, int kw, int y, Plan plan) {
        Shape x = node.input(0).shape();
        Shape g = node.input(1).shape();
        Padded image = new Padded(x.size(1), x.size(2), x.size(3), padding, padding);
        Windows windows = Windows.forward(image, kh, kw, stride);
        int together = FloatConvolutionWeights.together(windows.windows().length);
        int size =
                node.shape().elements() * Lanes.LANES
                        + together * (image.size() + g.rowElements() * Lanes.LANES);
        plan.count((double) g.elements() * x.size(1) * kh * kw);
        int scratch = plan.take(size);
        plan.giveBack(scratch, size);
        return new Step.ConvolveWeights(
                x.rows(),
                plan.place(node.input(0)),
                image,
                windows,
                plan.place(node.input(1)),
                g.size(1),
                scratch,
                y);
    }
}
