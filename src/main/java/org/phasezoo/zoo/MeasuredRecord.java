package org.phasezoo.zoo;

import java.util.ArrayList;
import java.util.List;
import org.phasezoo.metric.Curve;
import org.phasezoo.metric.Measured;
import org.phasezoo.metric.Value;

/// What the metrics found on one subject, as a work log carries it.
public record MeasuredRecord(Measured measured) {
    /// The record as bytes: a function of its value alone.
    public byte[] encode() {
        Bytes out = new Bytes().integer(measured.values().size());
        for (Value v : measured.values()) {
            out.text(v.definition()).real(v.value()).real(v.seEstimator()).number(v.nEstimator());
            out.real(v.seSample()).number(v.nSample()).text(v.status()).real(v.residual());
        }
        out.integer(measured.curves().size());
        for (Curve c : measured.curves()) {
            out.text(c.definition()).integer(c.x().size());
            for (int i = 0; i < c.x().size(); i++) {
                out.real(c.x().get(i)).real(c.y().get(i));
            }
        }
        return out.toArray();
    }

    /// The record that `encode` made these bytes of.
    ///
    /// @throws IllegalArgumentException when it made no such bytes
    public static MeasuredRecord decode(byte[] bytes) {
        Bytes.Source in = new Bytes.Source(bytes);
        int n = in.count(56);
        List<Value> values = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            values.add(
                    new Value(
                            in.text(),
                            in.real(),
                            in.real(),
                            in.number(),
                            in.real(),
                            in.number(),
                            in.text(),
                            in.real()));
        }
        int m = in.count(8);
        List<Curve> curves = new ArrayList<>(m);
        for (int i = 0; i < m; i++) {
            String definition = in.text();
            int points = in.count(16);
            List<Double> x = new ArrayList<>(points);
            List<Double> y = new ArrayList<>(points);
            for (int p = 0; p < points; p++) {
                x.add(in.real());
                y.add(in.real());
            }
            curves.add(new Curve(definition, x, y));
        }
        in.end();
        return new MeasuredRecord(new Measured(values, curves));
    }
}
