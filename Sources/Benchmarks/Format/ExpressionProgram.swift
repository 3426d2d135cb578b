/// A regular expression as steps of a machine that is in several places at once, and so never goes back.
///
/// Source: the simulation of Thompson's construction, as in "Regular Expression Matching Can Be Simple And Fast"
/// (Russ Cox, 2007).
struct ExpressionProgram: Sendable {
    private enum Step: Sendable {
        case take(ScalarSet)
        /// Goes on at both places.
        case split(Int, Int)
        case jump(Int)
        case check(ExpressionNode.Place)
        case end
    }

    private var steps: [Step] = []

    /// Counted repetitions multiply. An expression that somebody wrote by hand stays far below.
    private static let mostSteps = 10_000

    init(_ node: ExpressionNode) throws(ExpressionError) {
        try append(node)
        try append(.end)
    }

    private mutating func append(_ step: Step) throws(ExpressionError) {
        guard steps.count < ExpressionProgram.mostSteps else { throw ExpressionError("it has too many repetitions") }
        steps.append(step)
    }

    private mutating func append(_ node: ExpressionNode) throws(ExpressionError) {
        switch node {
        case .scalar(let set): try append(.take(set))
        case .place(let place): try append(.check(place))
        case .sequence(let parts): for part in parts { try append(part) }
        case .choice(let parts):
            var jumps: [Int] = []
            for (number, part) in parts.enumerated() {
                let isLast = number == parts.count - 1
                let split = steps.count
                if !isLast { try append(.split(0, 0)) }
                try append(part)
                if !isLast {
                    jumps.append(steps.count)
                    try append(.jump(0))
                    steps[split] = .split(split + 1, steps.count)
                }
            }
            for jump in jumps { steps[jump] = .jump(steps.count) }
        case .repeated(let part, let minimum, let most):
            for _ in 0..<minimum {
                let start = steps.count
                try append(part)
                // Nothing, however often, is nothing.
                if steps.count == start { break }
            }
            guard let most else {
                let split = steps.count
                try append(.split(0, 0))
                try append(part)
                try append(.jump(split))
                steps[split] = .split(split + 1, steps.count)
                return
            }
            var splits: [Int] = []
            for _ in minimum..<most {
                splits.append(steps.count)
                try append(.split(0, 0))
                try append(part)
            }
            for split in splits { steps[split] = .split(split + 1, steps.count) }
        }
    }

    /// Whether it fits anywhere in a text.
    func matches(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        var places = Places(count: steps.count)
        for position in 0...scalars.count {
            let arrived = places.next
            places.next = []
            places.generation += 1
            for step in arrived + [0] where reach(step, scalars, position, &places) { return true }
            guard position < scalars.count else { break }
            for step in places.now {
                if case .take(let set) = steps[step], set.contains(scalars[position]) { places.next.append(step + 1) }
            }
            places.now = []
        }
        return false
    }

    /// The places that the machine is in, and those that it is in after the next scalar.
    private struct Places {
        var now: [Int] = []
        var next: [Int] = []
        /// When each step was last reached.
        var reached: [Int]
        var generation = 0

        init(count: Int) { reached = Array(repeating: 0, count: count) }
    }

    /// Goes on from a step as far as that takes no scalar; says whether the end is reached.
    private func reach(_ first: Int, _ scalars: [Unicode.Scalar], _ position: Int, _ places: inout Places) -> Bool {
        var open = [first]
        while let step = open.popLast() {
            guard places.reached[step] != places.generation else { continue }
            places.reached[step] = places.generation
            switch steps[step] {
            case .take: places.now.append(step)
            case .split(let one, let other): open += [other, one]
            case .jump(let target): open.append(target)
            case .check(let place): if place.holds(in: scalars, at: position) { open.append(step + 1) }
            case .end: return true
            }
        }
        return false
    }
}

extension ExpressionNode.Place {
    fileprivate func holds(in scalars: [Unicode.Scalar], at position: Int) -> Bool {
        func isWord(_ index: Int) -> Bool { scalars.indices.contains(index) && ScalarSet.word.contains(scalars[index]) }
        return switch self {
        case .start: position == 0
        case .end: position == scalars.count
        case .lineStart: position == 0 || scalars[position - 1] == "\n"
        case .lineEnd: position == scalars.count || scalars[position] == "\n"
        case .wordBoundary: isWord(position - 1) != isWord(position)
        case .noWordBoundary: isWord(position - 1) == isWord(position)
        }
    }
}
