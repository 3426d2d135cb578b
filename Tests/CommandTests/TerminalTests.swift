import Foundation
import Git
import TestSupport
import Testing

@Suite("What a terminal is shown", .tags(.go))
struct TerminalTests {
    private static let escape = "\u{1b}"

    private func history() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["m.go": GoSource.work(allocations: 3)])
        return history
    }

    /// Runs a command line with a terminal for its output.
    private func onTerminal(_ line: String, in directory: String, _ variables: [String: String]) async throws -> String
    {
        var environment = Program.environment.merging(["TERM": "xterm", "COLUMNS": "80"]) { $1 }
        for name in ["NO_COLOR", "NO_HYPERLINKS", "FORCE_HYPERLINK", "VTE_VERSION", "TERM_PROGRAM"] {
            environment[name] = nil
        }
        environment.merge(variables) { $1 }
        return try await Program.shell("script -qec '\(line)' /dev/null", in: directory, environment: environment)
            .output
    }

    @Test("Colours are for terminals, unless something else is asked for")
    func colors() async throws {
        let history = try history()
        let search = ["main~1..main", "-m", "allocs/op", "--no-explain"]
        let plain = try await Program.run(search, in: history.path)
        #expect(plain.status == 0 && !plain.output.contains(Self.escape))
        let colored = try await Program.run(search + ["--color", "always"], in: history.path)
        #expect(colored.output.contains(Self.escape + "[31m"))
        let line = "allocbisect main~1..main -m allocs/op --no-explain"
        #expect(try await onTerminal(line, in: history.path, [:]).contains(Self.escape + "[31m"))
        #expect(try await !onTerminal(line, in: history.path, ["NO_COLOR": "1"]).contains(Self.escape + "[31m"))
        #expect(try await !onTerminal(line + " --color never -q", in: history.path, [:]).contains(Self.escape))
    }

    @Test("Places in files are links where the terminal has them, and take no room")
    func links() async throws {
        let history = try history()
        let line = "allocbisect explain main -m allocs/op -q"
        let linked = try await onTerminal(line, in: history.path, ["VTE_VERSION": "7200"])
        let place = "\(history.path)/m.go\(Self.escape)\\m.go:9\(Self.escape)]8;;\(Self.escape)\\"
        #expect(linked.contains(Self.escape + "]8;;file://") && linked.contains(place), "\(linked)")
        let link = try Regex("\(Self.escape)\\]8;;[^\(Self.escape)]*\(Self.escape)\\\\")
        for variables in [[:], ["VTE_VERSION": "7200", "NO_HYPERLINKS": "1"], ["VTE_VERSION": "4600"]] {
            let plain = try await onTerminal(line, in: history.path, variables)
            #expect(plain == linked.replacing(link, with: ""))
        }
    }

    @Test("-q leaves progress out, and -v tells when each step was")
    func progress() async throws {
        let history = try history()
        let search = ["main~1..main", "--no-cache", "-m", "allocs/op", "--no-explain"]
        let quiet = try await Program.run(search + ["-q"], in: history.path)
        #expect(quiet.status == 0 && quiet.errors.isEmpty, "\(quiet.errors)")
        let verbose = try await Program.run(search + ["-v"], in: history.path)
        let steps = verbose.errors.split(separator: "\n")
        #expect(!steps.isEmpty && steps.allSatisfy { $0.contains(/^ *\d+\.\d s {2}\w/) }, "\(verbose.errors)")
        #expect(try await Program.run(search + ["-q", "-v"], in: history.path).status == 64)
    }

    @Test("Progress on a terminal is one line: how much is left, and then what is measured")
    func progressLine() async throws {
        let history = try history()
        for number in 2...6 {
            try history.commit("\(number)", ["m.go": GoSource.work(allocations: 3) + "// \(number)\n"])
        }
        for line in ["allocbisect main~6..main --no-explain", "allocbisect history -n 4"] {
            let shown = try await onTerminal(line + " -m allocs/op -j 1 --no-cache", in: history.path, [:])
            let lines = shown.split(separator: "\r\(Self.escape)[K").dropFirst().dropLast()
            let pattern = /^\d+ commits? left, \d+ steps?(?:, about \d+ \w+)? · measuring [0-9a-f]{10}/
            #expect(lines.contains { $0.contains(pattern) } && lines.allSatisfy { $0.count < 80 }, "\(shown)")
        }
    }

    @Test("Interrupted before there is anything to show, every command says what is kept, and how to go on")
    func interruptions() async throws {
        let history = try history()
        // A benchmark that would run forever.
        try history.commit("slow", ["m_test.go": GoSource.benchmark(calling: "for {\n\t\t}")])
        let commands = [
            ["main~1..main"], ["compare", "main~1", "main"], ["record", "main"], ["explain", "main"],
            ["history", "-n1"],
            ["pprof", "main"], ["check", "main~1..main"], ["check", "main~1..main", "--self-test"],
        ]
        let slow = try history.id("slow").short
        for command in commands {
            let stopped = try await Program.run(
                command, in: history.path, interruption: (SIGINT, { $0.contains("measuring \(slow)") }))
            #expect(stopped.status == 130)
            // A history may have its commits to show, if not their values.
            let told = stopped.errors + stopped.output
            #expect(told.contains(/[Ii]nterrupted/) && told.contains("same command"), "\(command): \(told)")
        }
        let forgetful = [
            ["main~1..main"], ["history", "-n1"], ["report", "main~1..main", "-o", "-"], ["record", "main"],
        ]
        for command in forgetful {
            let stopped = try await Program.run(
                command + ["--no-cache"], in: history.path,
                interruption: (SIGINT, { $0.contains("measuring \(slow)") }))
            let told = stopped.errors + stopped.output
            #expect(told.contains("othing was kept, since --no-cache"), "\(command): \(told)")
            #expect(!told.contains("same command"), "\(command): \(told)")
        }
    }

    @Test("An interrupted doctor says so, and not what it has not looked at")
    func interruptedDoctor() async throws {
        let history = try history()
        let (go, mark) = (history.folder.path + "/go", history.folder.path + "/mark")
        try Data("#!/bin/sh\ntouch '\(mark)'\nsleep 60\n".utf8).write(to: URL(filePath: go))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: go)
        let stopped = try await Program.run(
            ["doctor", "--go", go], in: history.path,
            interruption: (SIGINT, { _ in FileManager.default.fileExists(atPath: mark) }))
        #expect(stopped.status == 130 && stopped.output.isEmpty)
        #expect(stopped.errors.contains("Interrupted before everything was looked at"), "\(stopped.errors)")
    }

    @Test("Two signals at once, as timeout sends them, end a run as one does")
    func twoSignals() async throws {
        let history = try history()
        try history.commit("slow", ["m_test.go": GoSource.benchmark(calling: "for {\n\t\t}")])
        let stopped = try await Program.shell(
            "timeout --preserve-status -s TERM 3 allocbisect record main --no-cache -q", in: history.path)
        #expect(stopped.status == 143)
        #expect(stopped.errors.contains("Interrupted. Nothing was kept"), "\(stopped.errors)")
        let doctor = try await Program.run(["doctor", "--format", "json"], in: history.path)
        #expect(!doctor.output.contains("\"odd\""), "\(doctor.output)")
    }

    @Test("Help groups options, and ends with three command lines that the program understands")
    func help() async throws {
        let commands = ["", "find", "plan", "compare", "check", "explain", "pprof", "history", "report", "record"]
        for command in commands {
            let help = try await Program.run((command.isEmpty ? [] : [command]) + ["--help"], in: "/")
            #expect(help.status == 0)
            #expect(help.output.contains(command.isEmpty ? "\nSEARCH SUBCOMMANDS:\n" : "\nHOW IT IS BUILT AND RUN:\n"))
            let parts = help.output.split(separator: "\nEXAMPLES:\n")
            let ungrouped = parts[0].split(separator: "\nOPTIONS:\n").last ?? ""
            // A command's own options are what is left.
            let shared = ["--metric", "--threshold", "--package", "--go", "--jobs", "--max-count"]
            for option in shared + (["", "find", "plan"].contains(command) ? ["--all", "--budget", "--prove"] : []) {
                #expect(!ungrouped.contains("\(option) "), "\(command)")
            }
            let lines = (parts.count == 2 ? parts[1] : "").split(separator: "\n")
            #expect(lines.count == 6, "\(command)")
            for line in lines where line.hasPrefix("  allocbisect ") {
                // There is nothing there to look at, which is only reported if the arguments were understood.
                let outcome = try await Program.shell(String(line), in: "/")
                #expect(
                    outcome.status == 2 && outcome.errors.contains("no git repository"), "\(line): \(outcome.errors)")
            }
        }
    }

    @Test("Help of every other command ends with command lines as well")
    func otherHelp() async throws {
        let history = try history()
        let commands = [
            "init", "hook", "hook install", "hook uninstall", "hook status", "hook script", "hook run", "cache",
            "cache path", "cache stats", "cache verify", "cache prune", "cache forget", "cache import", "cache export",
            "share", "share push", "share pull", "share status", "demo", "doctor", "schema", "mcp", "worker",
        ]
        for command in commands {
            let help = try await Program.run(command.split(separator: " ").map(String.init) + ["--help"], in: "/")
            let parts = help.output.split(separator: "\nEXAMPLES:\n")
            let lines = (parts.count == 2 ? parts[1] : "").split(separator: "\n").filter {
                $0.hasPrefix("  allocbisect \(command)")
            }
            #expect((1...3).contains(lines.count), "\(command)")
            // The demo would search.
            for line in lines where command != "demo" {
                let outcome = try await Program.shell(String(line), in: history.folder.path)
                #expect(!outcome.errors.contains("Usage:"), "\(line): \(outcome.errors)")
            }
        }
    }
}
