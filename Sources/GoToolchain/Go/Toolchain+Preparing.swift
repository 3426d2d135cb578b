extension Toolchain {
    /// Runs a command line of the user's on a commit's files before they are built, in the box of a build: it may run
    /// what the commit brings along.
    ///
    /// - Parameters:
    ///   - line: A shell's command line.
    ///   - root: The checked-out tree, where it is run.
    /// - Returns: What went wrong, in words that complete "the command …"; nil when it succeeded.
    /// - Throws: When there is no shell, or on cancellation.
    public func prepare(_ line: String, in root: String) async throws -> String? {
        var variables = confinement == nil ? environment.goVariables : environment.buildVariables
        variables.merge(try confinement?.variables(for: .build, at: root) ?? [:]) { $1 }
        variables["PATH"] = "\(settings["GOROOT"] ?? "")/bin:\(variables["PATH"] ?? "")"
        variables["PWD"] = root
        let outcome = try await ChildProcess(
            executable: "/bin/sh", arguments: ["-c", line], directory: root, environment: variables,
            limits: Limits(time: limits.time), box: confinement?.box(for: .build, at: root)
        ).run()
        return outcome.trouble(within: limits.time)
    }
}
