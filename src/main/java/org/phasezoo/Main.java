package org.phasezoo;

final class Main {
    private Main() {}

    public static void main(String[] args) {}
}
