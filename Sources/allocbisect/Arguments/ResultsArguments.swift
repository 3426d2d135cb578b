import ArgumentParser
import Measuring

/// The arguments that say where results are kept, and which count.
struct ResultsArguments: ParsableArguments {
    @Option(
        help: .init("The results cache. (default: in the git directory)", valueName: "file"), completion: .file())
    var cache: String?

    @Flag(help: "Keep no results.")
    var noCache = false

    @Flag(help: "Let imported measurements of the same recipe count.")
    var trust = false

    /// Sets what they say.
    func apply(to options: inout MeasuringOptions) {
        options.cache = noCache ? .none : cache.map { .file($0) } ?? .shared
        options.trustsImported = trust
    }
}
