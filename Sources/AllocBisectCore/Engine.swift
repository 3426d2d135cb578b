import Benchmarks
import Explaining
import Fleet
import Git
public import Measuring

/// All that can be asked about the commits of one repository: a request in, a plain value out.
///
/// ```swift
/// let engine = Engine(directory: "/src/project", environment: ProcessInfo.processInfo.environment) { print($0) }
/// let request = SearchRequest(range: try RevisionRange("v1.2.0..HEAD"), thresholds: try ThresholdRules([]))
/// let verdict = try await engine.find(request)
/// ```
///
/// Whatever measures does so inside `measuring`, the only caller of `Measurer.with` here: it makes the measurer, and
/// closes it. Workers of other machines and their trials, in `Fleet`, are its other callers.
public struct Engine: Sendable {
    /// The folder that the user stands in, inside the repository: package patterns are relative to it.
    public let directory: String
    let environment: [String: String]
    let events: @Sendable (Event) -> Void
    /// What is asked instead of a measurer; nil except in tests.
    private let script: (any Measurements)?

    /// An engine for the repository around a folder.
    ///
    /// - Parameters:
    ///   - environment: The variables that Go is found with and that may reach what is run.
    ///   - events: Hears what is done while it is done, on any thread.
    public init(
        directory: String, environment: [String: String], events: @escaping @Sendable (Event) -> Void
    ) {
        (self.directory, self.environment, self.events, script) = (directory, environment, events, nil)
    }

    /// An engine that asks somebody else for measurements, and explains nothing.
    init(directory: String, script: any Measurements) {
        (self.directory, self.script, environment, events) = (directory, script, [:], script.events)
    }

    /// The repository, opened again: a handle stays with one task.
    func openRepository() throws(GitError) -> Repository { try Repository(discovering: directory) }

    /// Does some work with measurements, which may be a script's or those of other machines, and with what explains them.
    ///
    /// - Parameter isOfCommits: Whether only commits are measured, which other machines can do as well.
    /// - Throws: What making the measurer throws, and what the work throws.
    func measuring<Result: Sendable>(
        _ options: MeasuringOptions, usesInputClasses: Bool, triesFailuresAgain: Bool = true, isOfCommits: Bool = true,
        _ work: @Sendable (any Measurements, Explainer?) async throws -> Result
    ) async throws -> Result {
        if let script { return try await work(script, nil) }
        let executor = isOfCommits ? try executor(options) : nil
        return try await measuring(
            options, usesInputClasses: usesInputClasses, triesFailuresAgain: triesFailuresAgain
        ) { (measurer: Measurer) in
            guard let executor else { return try await work(measurer, Explainer(measurer)) }
            return try await FleetMeasurements.with(executor, for: measurer, environment: environment) {
                try await work($0, Explainer(measurer))
            }
        }
    }

    /// Who measures instead of this machine: as the options say, or else the setting `allocbisect.executor`; nil for
    /// nobody.
    ///
    /// - Throws: `CoreError` when that is none, or when what is asked of it differs between machines.
    func executor(_ options: MeasuringOptions) throws -> ExecutorChoice? {
        guard let choice = try ExecutorChoice(options, in: openRepository()) else { return nil }
        guard options.isPortable else {
            if options.executor == nil { return nil }
            throw CoreError(
                .usage,
                "Times, memory peaks and custom units depend on the machine, so --executor cannot measure them. Leave "
                    + "it out, or run the command on the machine that is to measure."
            )
        }
        return choice
    }

    /// Does some work with a measurer, which leaves nothing running and no slot taken when this returns or throws.
    ///
    /// - Throws: What making the measurer throws, and what the work throws.
    func measuring<Result: Sendable>(
        _ options: MeasuringOptions, usesInputClasses: Bool = true, triesFailuresAgain: Bool = true,
        _ work: @Sendable (Measurer) async throws -> Result
    ) async throws -> Result {
        try await Measurer.with(
            openRepository(), options: options, usesInputClasses: usesInputClasses,
            triesFailuresAgain: triesFailuresAgain, environment: environment, events: events, work)
    }
}
