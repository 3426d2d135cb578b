import Foundation
import Git
import Measuring

/// The lines that wait to be reported: by a hook, or by the next command, whoever moves the file away first.
public struct PendingAlerts {
    private let file: WholeFile

    init(_ state: StateDirectory) { file = WholeFile(state.alerts, by: state) }

    /// The lines that wait.
    var lines: [String] { (try? PendingAlerts.lines(at: file.path)) ?? [] }

    /// Adds a line to those that wait. Only the recorder does, so that nobody else adds one at the same time.
    func add(_ line: String) throws {
        let text = (lines + [line]).map { $0 + "\n" }.joined()
        try file.write(text.utf8)
    }

    /// Takes the lines that wait in the repository around a folder, so that nobody else prints them.
    public static func take(in directory: String) -> [String] {
        guard let common = try? Repository(discovering: directory).commonDirectory else { return [] }
        let path = StateDirectory(commonDirectory: common).alerts
        let told = path + ".told"
        guard rename(path, told) == 0 else { return [] }
        return (try? lines(at: told)) ?? []
    }

    private static func lines(at path: String) throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }
}
