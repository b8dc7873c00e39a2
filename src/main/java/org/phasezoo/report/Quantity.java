package org.phasezoo.report;

import java.util.List;
import org.phasezoo.study.Observable;
import org.phasezoo.suite.Population;

/// What a definition is called in a figure, with its unit.
record Quantity(String name, String unit) {
    /// The name of a definition; one that is not known here keeps its id, and its unit when the
    /// population observes it.
    static Quantity of(String definition, Population population) {
        return switch (definition) {
            case "accuracy.train.v1" -> new Quantity("train accuracy", "%");
            case "accuracy.test.v1" -> new Quantity("test accuracy", "%");
            case "gap.accuracy.v1" -> new Quantity("generalisation gap", "pp");
            case "loss.train.v1" -> new Quantity("train loss", "nats");
            case "loss.train.running.v1" -> new Quantity("running train loss", "nats");
            case "loss.test.v1" -> new Quantity("test loss", "nats");
            case "hessian.lambda-max.v1" -> new Quantity("largest Hessian eigenvalue", "");
            case "hessian.trace.v1" -> new Quantity("Hessian trace", "");
            case "mode-connectivity.train-error.v1" -> new Quantity("mode connectivity", "pp");
            case "mode-connectivity.train-error.taxonomy.v1" ->
                    new Quantity("mode connectivity, 5 points", "pp");
            case "mode-connectivity.train-loss.v1" ->
                    new Quantity("mode connectivity in loss", "nats");
            case "mattis.archetype.v1", "mattis.archetype.sweep.v1" ->
                    new Quantity("overlap with the archetype", "");
            case "mattis.example.v1" -> new Quantity("overlap with an example", "");
            case "mattis.one-step.v1" -> new Quantity("overlap after one step", "");
            case "distance.l2.v1" -> new Quantity("ℓ₂ distance", "");
            case "cka.softmax.taxonomy.v1" -> new Quantity("CKA of softmax outputs", "");
            case "cka.softmax.debiased.v1" -> new Quantity("CKA of softmax outputs, debiased", "");
            default -> new Quantity(definition, unit(definition, population.observables()));
        };
    }

    /// What the curve of a definition has on its vertical axis, where that is not the quantity
    /// itself.
    static Quantity ofCurve(String definition, Population population) {
        return switch (definition) {
            case "mode-connectivity.train-error.v1" -> new Quantity("train error", "%");
            case "mode-connectivity.train-loss.v1" -> new Quantity("train loss", "nats");
            default -> of(definition, population);
        };
    }

    private static String unit(String definition, List<Observable> observables) {
        for (Observable observable : observables) {
            if (observable.definition().equals(definition)) {
                return observable.unit().equals("1") ? "" : observable.unit();
            }
        }
        return "";
    }

    /// `test accuracy (%)`.
    String label() {
        return unit.isEmpty() ? name : name + " (" + unit + ")";
    }
}
