import Foundation

/// A symbol of a binary's data: a package-level variable, or something that the compiler or linker put beside them.
public struct Variable: Hashable, Sendable {
    /// The name as in Go source with the package's whole path before it, e.g. `example.com/m.cache`.
    public let name: String
    /// The import path, e.g. `gopkg.in/yaml.v3`; nil when no package declares it. A package of tests from outside has
    /// `_test` at its end.
    public let package: String?
    /// Where the linker put it.
    public let address: UInt64
    /// In bytes.
    public let size: UInt64

    /// A variable by the name that the linker gives it.
    ///
    /// In a path's last part, dots and what is no letter stand as `%` and two hexadecimal digits (`PathToPrefix` in the
    /// toolchain's objabi), so that the package ends at the first dot.
    public init(symbol: String, address: UInt64, size: UInt64) {
        self.address = address
        self.size = size
        // Type arguments have paths of their own.
        let head = symbol.utf8.prefix { $0 != UInt8(ascii: "[") }
        let last = head.lastIndex(of: UInt8(ascii: "/")) ?? symbol.utf8.startIndex
        guard let dot = head[last...].firstIndex(of: UInt8(ascii: ".")), dot > symbol.startIndex,
            !head[..<dot].contains(UInt8(ascii: ":"))
        else {
            (name, package) = (symbol, nil)
            return
        }
        let package = String(symbol[..<dot])
        self.package = package.removingPercentEncoding ?? package
        name = (self.package ?? package) + symbol[dot...]
    }

    /// Whether the source declares it: the compiler begins names of its own with a further dot, as in
    /// `example.com/m..inittask`.
    public var isDeclared: Bool {
        guard let package else { return false }
        return !name.utf8.dropFirst(package.utf8.count + 1).starts(with: [UInt8(ascii: ".")])
    }

    /// Whether it is one of the runtime's, which knows of everything that is alive.
    var isRuntime: Bool { package == "runtime" || package?.hasPrefix("internal/runtime/") == true }
}
