import Foundation
import TestSupport

/// Kinds of noise around the level 1, as benchmarks' times show them.
enum Noise: String, CaseIterable {
    /// Independent and normal, standard deviation 10 %.
    case normal
    /// Independent and log-normal, sigma 0.3: a long upper tail.
    case logNormal
    /// Two levels 30 % apart, the upper one three times in ten, each with 1 %.
    case bimodal
    /// Normal with 10 %, in which each value keeps 0.3 of what the one before deviated by.
    case correlated
    /// The same with 0.6.
    case stronglyCorrelated

    /// A series without a step.
    func series(_ count: Int, using generator: inout SeededGenerator) -> [Double] {
        let keep = self == .correlated ? 0.3 : 0.6
        var deviation = normal(&generator)
        return (0..<count).map { _ in
            switch self {
            case .normal: return 1 + 0.1 * normal(&generator)
            case .logNormal: return exp(0.3 * normal(&generator))
            case .bimodal:
                let isUpper = Double.random(in: 0..<1, using: &generator) < 0.3
                return (isUpper ? 1.3 : 1) * (1 + 0.01 * normal(&generator))
            case .correlated, .stronglyCorrelated:
                deviation = keep * deviation + (1 - keep * keep).squareRoot() * normal(&generator)
                return 1 + 0.1 * deviation
            }
        }
    }

    /// A standard normal number, by the method of Box and Muller (1958).
    private func normal(_ generator: inout SeededGenerator) -> Double {
        let radius = (-2 * log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &generator))).squareRoot()
        return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &generator))
    }
}
