import Benchmarks
import MeasurementCache

/// Measurements and what belongs to them, as tests need them.
enum Samples {
    static let recipe = Recipe(goVersion: "go1.27.3", platform: "linux/amd64/v1", probe: 1)
    static let target = Measurement.Target(package: "mux", pattern: "^BenchmarkMux$")
    static let otherTarget = Measurement.Target(package: "mux", pattern: "^BenchmarkOther$")

    /// A commit's name from a number.
    static func commit(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 40 - digits.count) + digits
    }

    static func measurement(_ value: Double, of target: Measurement.Target = target) -> Measurement {
        let round = Round(
            short: ["BenchmarkMux": ["probe-mallocs": 100 * value]],
            long: ["BenchmarkMux": ["probe-mallocs": 1000 * value]])
        return Measurement(target: target, pair: .standard, rounds: [round])
    }

    static func failure(
        _ reason: Failure.Reason, of target: Measurement.Target = target, limit: Double? = nil
    ) -> Measurement {
        Measurement(target: target, failure: Failure(reason, "what was said", limit: limit))
    }

    static func state(_ digest: String) -> MeasurementCache.InputState {
        var inputs = Inputs()
        inputs.paths = ["go.mod", "mux/testdata", "odd\n*"]
        inputs.directories = ["mux"]
        return MeasurementCache.InputState(inputs: inputs, digest: digest)
    }
}
