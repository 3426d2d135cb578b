import ArgumentParser
import Exchange
import Reports

/// Forgets what one does not trust.
struct CacheForgetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Forget what is known of some commits, or the failures, so that they are measured again.")

    @OptionGroup var arguments: CacheArguments

    @Flag(help: "Forget only failures: those of the commits, or else all.")
    var failures = false

    @Argument(help: "Commits.", completion: RevisionCompletion.kind)
    var revisions: [String] = []

    func validate() throws {
        if revisions.isEmpty && !failures {
            throw ValidationError("Name the commits to forget, or give --failures.")
        }
    }

    func run() async throws {
        let count = try arguments.results().forget(revisions, onlyFailures: failures)
        switch arguments.format {
        case .json: try Console.print(try CacheJSON.text(ofForgotten: count))
        case .text: try Console.print(CacheText.text(ofForgotten: count))
        }
    }
}
