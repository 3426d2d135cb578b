import Foundation

/// The variables of a binary, laid over the segments of a dump of its process.
struct VariableTable {
    /// By address, none of them empty, with those nameless values between them that a variable points to.
    let variables: [Variable]
    /// The segments' pointers by address.
    let fields: [HeapDump.Field]
    /// The places of each variable's pointers in `fields`.
    let places: [Range<Int>]
    /// How much further up the process has the variables than the linker put them.
    private let slide: UInt64

    /// The table; nil when the symbols are not those of the process.
    init?(_ symbols: [Variable], of dump: HeapDump) {
        let marks = Dictionary(symbols.lazy.filter { $0.package == "runtime" }.map { ($0.name, $0.address) }) { $1 }
        guard let data = marks["runtime.data"], let dataEnd = marks["runtime.edata"], let bss = marks["runtime.bss"],
            let bssEnd = marks["runtime.ebss"], data <= dataEnd, dataEnd - data == dump.data.size, bss <= bssEnd,
            bssEnd - bss == dump.bss.size, dump.data.address &- data == dump.bss.address &- bss
        else { return nil }
        slide = dump.data.address &- data
        fields = (dump.data.fields + dump.bss.fields).sorted { $0.address < $1.address }
        let named = symbols.filter { $0.size > 0 }.sorted { $0.address < $1.address }
        let values = VariableTable.values(
            between: named, at: fields.map { [slide] in $0.target &- slide }, in: [data..<dataEnd, bss..<bssEnd])
        variables = values.isEmpty ? named : (named + values).sorted { $0.address < $1.address }
        var places = [Range<Int>](repeating: 0..<0, count: variables.count)
        var place = 0
        for (index, variable) in variables.enumerated() {
            let start = variable.address &+ slide
            while place < fields.count && fields[place].address < start { place += 1 }
            let first = place
            while place < fields.count && fields[place].address - start < variable.size { place += 1 }
            places[index] = first..<place
        }
        self.places = places
    }

    /// What the compiler laid out for variables to point to from the start, which has no symbols.
    ///
    /// Such a value is taken to end where a variable begins, or another one that is pointed to.
    private static func values(
        between named: [Variable], at targets: [UInt64], in segments: [Range<UInt64>]
    ) -> [Variable] {
        var values: [Variable] = []
        var end: UInt64 = 0
        for start in Set(targets).sorted(by: >) {
            guard let segment = segments.first(where: { $0.contains(start) }) else { continue }
            let after = named.firstPlace { $0.address > start }
            if after > 0, start - named[after - 1].address < named[after - 1].size { continue }
            let limit = segment.contains(end) ? end : segment.upperBound
            end = after < named.count ? min(limit, named[after].address) : limit
            values.append(Variable(symbol: "", address: start, size: end - start))
            end = start
        }
        return values
    }

    /// The place of the variable that an address of the process is in; nil when it lies elsewhere.
    func variable(at address: UInt64) -> Int? {
        let address = address &- slide
        let after = variables.firstPlace { $0.address > address }
        guard after > 0, address - variables[after - 1].address < variables[after - 1].size else { return nil }
        return after - 1
    }
}

/// A symbol of a binary's data: a package-level variable, or something that the compiler or linker put beside them.
public struct Variable: Hashable, Sendable {
    /// The name as in Go source with the package's whole path before it, e.g. `example.com/m.cache`.
    public let name: String
    /// The import path, e.g. `gopkg.in/yaml.v3`; nil when no package declares it. A package of tests from outside has
    /// `_test` at its end.
    public let package: String?
    /// Where the linker put it.
    public let address: UInt64
    /// How much memory the variable itself takes, in bytes.
    public let size: UInt64

    /// A variable by the name that the linker gives it.
    ///
    /// In a path's last part, dots and other non-letters stand as `%` and two hexadecimal digits (`PathToPrefix` in the
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
