package org.phasezoo.bench;

import java.util.List;

/// The product of a batch and a matrix, [m, k] · [k, n], which is timed beside OpenBLAS and MKL.
/// The batch stands as programs keep batches, with its rows in the lanes, and so does the product.
public record Product(int m, int k, int n) {
    static final List<Product> ALL =
            List.of(
                    new Product(64, 784, 128),
                    new Product(256, 784, 128),
                    new Product(64, 128, 16),
                    new Product(64, 16, 16),
                    new Product(12544, 9, 16),
                    new Product(3136, 144, 16),
                    new Product(8192, 144, 16),
                    new Product(1024, 576, 64),
                    new Product(8192, 9, 8),
                    new Product(8192, 72, 8),
                    new Product(256, 128, 256),
                    new Product(4096, 64, 64),
                    new Product(8192, 256, 256),
                    new Product(64, 128, 10),
                    new Product(1024, 1024, 1024));

    /// Its name as a workload.
    public String name() {
        return "matmul-" + m + "-" + k + "-" + n;
    }

    /// Floating-point operations, two a multiply-add.
    public double flops() {
        return 2.0 * m * k * n;
    }

    static Product named(String name) {
        for (Product product : ALL) {
            if (product.name().equals(name)) {
                return product;
            }
        }
        throw new IllegalArgumentException("no workload \"" + name + "\"");
    }
}
