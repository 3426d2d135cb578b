/// Adds the costs of stacks up by site and by function.
struct SiteTally {
    private(set) var sites: [Site: Cost] = [:]
    private(set) var unattributed = Cost.zero

    private struct Function: Hashable {
        let name: String
        let file: String
    }

    private struct Sums {
        let function: Function
        var flat = Cost.zero
        var cumulative = Cost.zero
        var lastStack = 0
    }

    private var frames: [Profile.Frame: Int?] = [:]
    private var indices: [Function: Int] = [:]
    private var sums: [Sums] = []
    private var stackCount = 0

    mutating func add(_ stack: [Profile.Frame], _ cost: Cost, path: (Profile.Frame) -> String?) {
        stackCount += 1
        var callee: String?
        var isAttributed = false
        for frame in stack {
            if let index = index(of: frame, path: path) {
                if !isAttributed {
                    let function = sums[index].function
                    let site = Site(function: function.name, file: function.file, line: frame.line, callee: callee)
                    sites[site, default: .zero] += cost
                    sums[index].flat += cost
                    isAttributed = true
                }
                // A function that calls itself is on the stack more than once, but costs no more for that.
                if sums[index].lastStack != stackCount { sums[index].cumulative += cost }
                sums[index].lastStack = stackCount
            }
            callee = frame.function
        }
        if !isAttributed { unattributed += cost }
    }

    /// The functions by file and name, with what is added up divided by `span`.
    func functions(span: Double) -> [FunctionCosts] {
        sums.sorted { ($0.function.file, $0.function.name) < ($1.function.file, $1.function.name) }.map {
            FunctionCosts(
                function: $0.function.name, file: $0.function.file, flat: $0.flat / span,
                cumulative: $0.cumulative / span)
        }
    }

    /// The position in `sums` of a frame's function; nil when it lies outside of the repository.
    private mutating func index(of frame: Profile.Frame, path: (Profile.Frame) -> String?) -> Int? {
        if let known = frames[frame] { return known }
        let index = path(frame).map { file in
            let function = Function(name: frame.function, file: file)
            if let known = indices[function] { return known }
            sums.append(Sums(function: function))
            indices[function] = sums.count - 1
            return sums.count - 1
        }
        frames[frame] = .some(index)
        return index
    }
}
