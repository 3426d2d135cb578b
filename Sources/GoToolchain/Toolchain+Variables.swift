import Synchronization

extension Toolchain {
    /// The package-level variables of a binary, by address, with the linker's own marks between them.
    ///
    /// - Parameter binary: The path of a binary that was built with `BuildOptions.keepsSymbols`.
    /// - Throws: `GoError` when `go tool nm` finds no symbols. When Go could not be started, or on cancellation.
    public func variables(of binary: String) async throws -> [Variable] {
        let found = Mutex<[Variable]>([])
        // Outside of any module or workspace: nothing there matters, and newer Go may have to build the tool first.
        let outcome = try await go(
            ["tool", "nm", "-n", "-size", "-sort", "address", binary], in: "/", workspace: "off",
            options: BuildOptions()
        ) { line in
            if let variable = Variable(line: line) { found.withLock { $0.append(variable) } }
        }
        let variables = found.withLock { $0 }
        guard case .exited(0) = outcome.ending, !variables.isEmpty else {
            throw GoError(
                .heapDump, "'go tool nm' found no variables in \(binary): \(outcome.errorText.firstLines(3))")
        }
        return variables
    }
}

extension Variable {
    /// Reads a line of `go tool nm -size`: address in hexadecimal, size, type, symbol; nil for what is no data.
    init?(line: String) {
        let fields = line.split(separator: " ", maxSplits: 3)
        guard fields.count == 4, ["D", "d", "B", "b"].contains(fields[2]), let address = UInt64(fields[0], radix: 16),
            let size = UInt64(fields[1])
        else { return nil }
        self.init(symbol: String(fields[3]), address: address, size: size)
    }
}
