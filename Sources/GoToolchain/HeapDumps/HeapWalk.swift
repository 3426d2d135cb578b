/// Walks a dump from its roots on, breadth first: an object belongs to the root that reaches it first.
///
/// Besides objects it goes through what the compiler laid out statically for variables to point to. It does not go
/// through other variables, which are roots of their own.
struct HeapWalk {
    private let dump: HeapDump
    private let table: VariableTable
    /// By node, objects first and then variables; nil where no root led to yet.
    private var retainers: [Int32?]
    /// Go's own records of goroutines, threads and processors, each of which leads to all others.
    ///
    /// From a channel or a timer there is a way to them, but no user's variable holds a thing because of that.
    private var closed: Set<Int>

    init(_ dump: HeapDump, _ table: VariableTable) {
        self.dump = dump
        self.table = table
        retainers = [Int32?](repeating: nil, count: dump.objects.count + table.variables.count)
        closed = Set((dump.goroutines + dump.threads).compactMap(dump.object))
        for (variable, places) in zip(table.variables, table.places)
        where ["runtime.allgs", "runtime.allp"].contains(variable.name) {
            for array in table.fields[places].compactMap({ dump.object(at: $0.target) }) {
                closed.formUnion(dump.targets[dump.objects[array].targets].compactMap(dump.object))
            }
        }
    }

    /// The retainer of an object, as it was given with the root; nil when no root led to it.
    func retainer(ofObject object: Int) -> Int32? { retainers[object] }

    /// Lets walks go through objects that were closed to them.
    mutating func open(_ addresses: [UInt64]) { closed.subtract(addresses.compactMap(dump.object)) }

    /// Lets walks go everywhere.
    mutating func openAll() { closed = [] }

    /// Walks from all variables for which a condition holds, each of them under its place in the table.
    mutating func walk(fromVariables isRoot: (Variable) -> Bool) {
        var queue: [Int] = []
        for (index, variable) in table.variables.enumerated() where isRoot(variable) {
            for field in table.fields[table.places[index]] { reach(field.target, Int32(index), &queue) }
        }
        walk(queue)
    }

    /// Walks from addresses, all of them under one retainer.
    mutating func walk(from addresses: [UInt64], as retainer: Int32) {
        var queue: [Int] = []
        for address in addresses { reach(address, retainer, &queue) }
        walk(queue)
    }

    private mutating func walk(_ start: [Int]) {
        var queue = start
        var next = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            guard let retainer = retainers[node] else { continue }
            if node < dump.objects.count {
                for target in dump.targets[dump.objects[node].targets] { reach(target, retainer, &queue) }
            } else {
                let places = table.places[node - dump.objects.count]
                for field in table.fields[places] { reach(field.target, retainer, &queue) }
            }
        }
    }

    private mutating func reach(_ address: UInt64, _ retainer: Int32, _ queue: inout [Int]) {
        let node: Int
        if let object = dump.object(at: address) {
            guard !closed.contains(object) else { return }
            node = object
        } else if let variable = table.variable(at: address), !table.variables[variable].isDeclared {
            node = dump.objects.count + variable
        } else {
            return
        }
        guard retainers[node] == nil else { return }
        retainers[node] = retainer
        queue.append(node)
    }
}
