package org.phasezoo.model;

import java.util.ArrayList;
import java.util.List;
import org.phasezoo.graph.Shape;

/// The tensors and buffers of a network in the order of their declaration, by PyTorch's dotted
/// names. [Scope] finds their nodes.
final class Declared {
    private final String prefix;
    private final List<Parameter> tensors;
    private final List<Parameter> buffers;

    Declared() {
        this("", new ArrayList<>(), new ArrayList<>());
    }

    private Declared(String prefix, List<Parameter> tensors, List<Parameter> buffers) {
        this.prefix = prefix;
        this.tensors = tensors;
        this.buffers = buffers;
    }

    /// Where the tensors of a module within this one are declared.
    Declared in(String module) {
        return new Declared(prefix + module + ".", tensors, buffers);
    }

    /// A weight of which `fanIn` inputs meet in an output, used at `uses` places of an example.
    Declared weight(String name, Shape shape, int fanIn, int uses) {
        return add(new Parameter(prefix + name, shape, "weight", fanIn, uses));
    }

    /// As [#weight], with a factor of the initial deviation.
    Declared weight(String name, Shape shape, int fanIn, int uses, double deviation) {
        return add(new Parameter(prefix + name, shape, "weight", fanIn, uses, deviation, 1));
    }

    /// Vectors that are looked up and not multiplied, of deviation 0.02 · gain.
    ///
    /// *Source*: Radford et al., "Improving language understanding by generative pre-training",
    /// 2018, section 4.1.
    Declared embedding(String name, Shape shape) {
        return weight(name, shape, 1, 0, .02);
    }

    Declared bias(String name, int size) {
        return add(new Parameter(prefix + name, Shape.of(size), "bias", 0, 1));
    }

    /// `name.weight` of shape `(out, in)` and `name.bias`.
    Declared dense(String name, int out, int in, int uses) {
        weight(name + ".weight", Shape.of(out, in), in, uses);
        return bias(name + ".bias", out);
    }

    /// `name.weight`, which begins at 1, and `name.bias`: scale and shift of a normalisation.
    Declared norm(String name, int width) {
        add(new Parameter(prefix + name + ".weight", Shape.of(width), "scale", 0, 1, 1, 1, 1));
        return bias(name + ".bias", width);
    }

    /// `name.weight` of shape `(out, in, kernel, kernel)`, without a bias.
    Declared convolution(String name, int out, int in, int kernel, int pixels) {
        Shape shape = Shape.of(out, in, kernel, kernel);
        return weight(name + ".weight", shape, in * kernel * kernel, pixels);
    }

    /// As [#norm], with running mean and variance, which begin at 0 and 1.
    Declared batchNorm(String name, int width) {
        buffer(name + ".running_mean", width, 0);
        buffer(name + ".running_var", width, 1);
        return norm(name, width);
    }

    private void buffer(String name, int size, double initial) {
        buffers.add(new Parameter(prefix + name, Shape.of(size), "buffer", 0, 0, 1, 1, initial));
    }

    private Declared add(Parameter tensor) {
        tensors.add(tensor);
        return this;
    }

    List<Parameter> tensors() {
        return List.copyOf(tensors);
    }

    List<Parameter> buffers() {
        return List.copyOf(buffers);
    }
}
