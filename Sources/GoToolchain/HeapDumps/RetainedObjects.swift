extension HeapDump {
    /// Tells what the objects hang from whose allocation Go noted, stack by stack.
    ///
    /// Of several retainers the first of these counts: own variables, other variables, goroutines, finalizers, and the
    /// runtime's variables, which lead to all that is alive. Of several variables it is the one with the fewest pointers
    /// to go through, and then the one that comes first in memory.
    ///
    /// - Parameters:
    ///   - variables: The symbols of the binary that wrote the dump.
    ///   - isOwn: Whether a variable is of the code that is looked at, such as all that is not of the standard library.
    /// - Returns: The most bytes first; nil when the symbols are not of the process that wrote the dump.
    public func retainedObjects(variables: [Variable], isOwn: (Variable) -> Bool) -> [RetainedObjects]? {
        guard let table = VariableTable(variables, of: self) else { return nil }
        let (goroutine, finalizer) = (Int32(table.variables.count), Int32(table.variables.count + 1))
        var walk = HeapWalk(self, table)
        walk.walk { $0.isDeclared && !$0.isRuntime && isOwn($0) }
        walk.walk { $0.isDeclared && !$0.isRuntime && !isOwn($0) }
        walk.open(goroutines)
        walk.walk(from: locals + goroutines, as: goroutine)
        walk.walk(from: finalizers, as: finalizer)
        walk.openAll()
        walk.walk { $0.isDeclared && $0.isRuntime }
        // Go does not tell which parts of a structure on a stack are pointers.
        walk.walk(from: stackWords, as: goroutine)
        return count { object in
            switch walk.retainer(ofObject: object) {
            case nil: .unknown
            case goroutine: .goroutine
            case finalizer: .finalizer
            case let variable?: .variable(table.variables[Int(variable)].name)
            }
        }
    }

    private func count(_ retainer: (Int) -> Retainer) -> [RetainedObjects] {
        let frames = stacks.mapValues(HeapDump.withoutRuntime)
        var found: [[GoroutineTrace.Frame]: [Retainer: RetainedObjects]] = [:]
        // Thousands of objects have the same stack, whose hash takes long.
        for (stack, samples) in Dictionary(grouping: samples, by: \.stack) {
            guard let frames = frames[stack] else { continue }
            var held = found[frames] ?? [:]
            for object in Set(samples.compactMap { self.object(at: $0.address) }) {
                let retainer = retainer(object)
                held[retainer, default: RetainedObjects(frames: frames, retainer: retainer, objects: 0, bytes: 0)]
                    .objects +=
                    1
                held[retainer]?.bytes += Int(clamping: objects[object].size)
            }
            found[frames] = held
        }
        return found.values.flatMap(\.values).sorted(by: HeapDump.isBefore)
    }

    /// The calls without those that Go's heap profiles leave out.
    private static func withoutRuntime(_ frames: [GoroutineTrace.Frame]) -> [GoroutineTrace.Frame] {
        let calls = frames.last?.function == "runtime.goexit" ? frames.dropLast() : frames[...]
        let rest = calls.drop { $0.function.hasPrefix("runtime.") || $0.function.hasPrefix("internal/runtime/") }
        return Array(rest.isEmpty ? calls : rest)
    }

    private static func isBefore(_ one: RetainedObjects, _ other: RetainedObjects) -> Bool {
        if one.bytes != other.bytes { return one.bytes > other.bytes }
        // Only for a fixed order.
        return "\(one.retainer) \(one.frames)" < "\(other.retainer) \(other.frames)"
    }
}

/// What keeps an object alive.
public enum Retainer: Hashable, Sendable {
    /// A package-level variable, by its name with the package's path, e.g. `example.com/m.cache`.
    case variable(String)
    /// Nothing but goroutines, by what is on their stacks and what Go keeps of them.
    case goroutine
    /// Nothing but finalizers.
    case finalizer
    /// Nothing that the dump tells of: garbage that was not collected yet, or what Go holds outside of the heap.
    case unknown

    /// The variable's name; nil for everything else.
    public var variable: String? { if case .variable(let name) = self { name } else { nil } }
}

/// How much of what one stack allocated hangs from one retainer.
public struct RetainedObjects: Hashable, Sendable {
    /// The calls that allocated it, innermost first, without the runtime's own at both ends, as in Go's heap profiles.
    ///
    /// Unlike there, an inlined call has the name of the function that it was inlined into; files and lines are the
    /// same where the binary was built with `NoTinyAllocatorRuntime`.
    public let frames: [GoroutineTrace.Frame]
    /// What keeps them from being collected.
    public let retainer: Retainer
    /// How many such objects the dump has.
    public internal(set) var objects: Int
    /// Their bytes, rounded up as Go does.
    public internal(set) var bytes: Int
}
