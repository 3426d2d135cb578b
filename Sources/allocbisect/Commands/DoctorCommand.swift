import AllocBisectCore
import ArgumentParser
import Foundation
import Reports

/// Says what is missing on this machine and how to get it.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what is missing on this machine, and how to get it.")

    @OptionGroup var measuring: MeasuringArguments

    @Option(help: .init("How to print the result: text or json.", valueName: "format"))
    var format = OutputFormat.text

    func run() async throws {
        let diagnosis = await measuring.engine { _ in }.diagnose(try measuring.measuring())
        // What was not looked at any more would count as missing.
        try Task.checkCancellation()
        switch format {
        case .json: try Console.print(try DoctorJSON.text(of: diagnosis))
        case .text: try Console.print(DoctorText.text(of: diagnosis, style: measuring.style))
        }
        if !diagnosis.isFit { throw ExitStatus.couldNot }
    }
}
