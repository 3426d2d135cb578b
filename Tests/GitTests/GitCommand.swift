import Foundation

/// Runs the real git, which these tests compare with.
enum GitCommand {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The output of a git command, without the settings of the machine.
    @discardableResult
    static func run(
        _ arguments: [String], in directory: String, input: Data = Data(), environment: [String: String] = [:]
    ) throws -> Data {
        try run("git", arguments, in: directory, input: input, environment: environment)
    }

    @discardableResult
    static func run(
        _ program: String, _ arguments: [String], in directory: String, input: Data = Data(),
        environment: [String: String] = [:]
    ) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GIT_") }
        variables["GIT_CONFIG_GLOBAL"] = "/dev/null"
        variables["GIT_CONFIG_NOSYSTEM"] = "1"
        for (role, name) in [("AUTHOR", "A U Thor"), ("COMMITTER", "C O Mitter")] {
            variables["GIT_\(role)_NAME"] = name
            variables["GIT_\(role)_EMAIL"] = "someone@example.com"
            variables["GIT_\(role)_DATE"] = "1700000000 +0100"
        }
        process.environment = variables.merging(environment) { $1 }
        let files = try TemporaryDirectory()
        for name in ["in", "out", "err"] {
            try (name == "in" ? input : Data()).write(to: URL(fileURLWithPath: files.path + "/" + name))
        }
        process.standardInput = FileHandle(forReadingAtPath: files.path + "/in")
        process.standardOutput = FileHandle(forWritingAtPath: files.path + "/out")
        process.standardError = FileHandle(forWritingAtPath: files.path + "/err")
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let text = try String(contentsOfFile: files.path + "/err", encoding: .utf8)
            throw Failure(description: "\(program) \(arguments.joined(separator: " ")): \(text)")
        }
        return try Data(contentsOf: URL(fileURLWithPath: files.path + "/out"))
    }

    /// The lines of a git command's output.
    static func lines(
        _ arguments: [String], in directory: String, input: String = "", environment: [String: String] = [:]
    ) throws -> [String] {
        let output = try run(arguments, in: directory, input: Data(input.utf8), environment: environment)
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The first line of a git command's output.
    static func line(_ arguments: String..., in directory: String) throws -> String {
        try lines(arguments, in: directory).first ?? ""
    }
}
