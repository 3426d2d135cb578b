import Foundation
import TestSupport
import Testing

@testable import Bisection

@Suite("Logarithms and powers")
struct ExponentialTests {
    @Test func logarithmsAreThoseOfTheSystem() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<3_000 {
            let value = Double.random(in: 1..<2, using: &generator)
            for number in [value, 1 / value, value * 1e-300, value * 1e300, 1 + (value - 1) * 1e-9] {
                let expected = Foundation.log(number)
                #expect(abs(Double.log(number) - expected) <= 2 * expected.ulp)
            }
        }
        #expect(Double.log(1) == 0)
        #expect(abs(Double.log(.leastNonzeroMagnitude) - Foundation.log(.leastNonzeroMagnitude)) < 1e-12)
    }

    @Test func powersAreThoseOfTheSystem() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<3_000 {
            let power = Double.random(in: -700...700, using: &generator)
            for number in [power, power / 100, power / 1e6] {
                let expected = Foundation.exp(number)
                #expect(abs(Double.exp(number) - expected) <= 2 * expected.ulp)
            }
        }
        #expect(Double.exp(0) == 1 && Double.exp(-1e9) == 0 && Double.exp(-.infinity) == 0)
    }
}
