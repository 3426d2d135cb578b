import Foundation
import TestSupport

/// Noise of mean 0 and standard deviation 1.
enum Noise: String, CaseIterable, Sendable {
    case normal
    /// Student's t with three degrees of freedom.
    case heavyTails
    /// Exponential: mostly a bit below the mean, at times far above it.
    case skewed
    /// Two levels, each half of the time.
    case twoModes
    /// Two levels, the upper one 15 % of the time.
    case rareMode

    func value(using generator: inout SeededGenerator) -> Double {
        switch self {
        case .normal: return generator.normal()
        case .heavyTails:
            let squares = (0..<3).reduce(0.0) { sum, _ in
                let value = generator.normal()
                return sum + value * value
            }
            return generator.normal() / squares.squareRoot()
        case .skewed: return generator.exponential() - 1
        case .twoModes: return modes(upper: 0.5, using: &generator)
        case .rareMode: return modes(upper: 0.15, using: &generator)
        }
    }

    /// Levels with 91 % of the variance, and normal noise around them.
    private func modes(upper share: Double, using generator: inout SeededGenerator) -> Double {
        let distance = (0.91 / (share * (1 - share))).squareRoot()
        let isUpper = Double.random(in: 0..<1, using: &generator) < share
        return distance * (isUpper ? 1 - share : -share) + 0.3 * generator.normal()
    }
}

/// How the level of all runs changes in time.
enum Drift: String, CaseIterable, Sendable {
    case none
    /// By 0.3 standard deviations of the noise a run, always up.
    case up
    /// By 0.3 a run, always down.
    case down
    /// By 0.1 a run, always up.
    case slow
    /// At random, by 0.3 a run.
    case wandering
    /// In waves of 63 runs.
    case waves
    /// At random to another level, once in 20 runs.
    case jumps

    /// The level of the next run.
    func level(after level: Double, run: Int, using generator: inout SeededGenerator) -> Double {
        switch self {
        case .none: 0
        case .up: level + 0.3
        case .down: level - 0.3
        case .slow: level + 0.1
        case .wandering: level + 0.3 * generator.normal()
        case .waves: sin(Double(run) / 10)
        case .jumps: generator.once(in: 20) ? 2 * generator.normal() : level
        }
    }
}

extension SeededGenerator {
    /// By Box and Muller.
    mutating func normal() -> Double {
        (2 * exponential()).squareRoot() * cos(2 * .pi * Double.random(in: 0..<1, using: &self))
    }

    mutating func exponential() -> Double { -log(1 - Double.random(in: 0..<1, using: &self)) }
}
