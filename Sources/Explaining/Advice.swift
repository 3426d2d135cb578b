public import Benchmarks

/// What usually helps against what a line costs. Each piece goes by a rule, and is given only where the evidence shows the
/// pattern: what the line pays for, its text, what goroutines wait for, or what holds objects.
public struct Advice: Codable, Sendable, Hashable {
    /// The file, relative to the repository's root.
    public var file: String
    /// The line at the later commit.
    public var line: Int
    /// What helps, as a clause that names what it is about.
    public var text: String

    /// A piece of advice.
    public init(file: String, line: Int, text: String) { (self.file, self.line, self.text) = (file, line, text) }
}

extension Explanation {
    /// How many pieces of advice are given: more would hide which line costs most.
    private static let mostAdvice = 2
    /// For how many of the costliest lines advice is sought.
    private static let mostLines = 6

    /// What usually helps, for the lines that cost most first; none where it got better.
    public func advice(for metric: Metric) -> [Advice] {
        let all: [Advice]
        if metric == .goroutines {
            all = goroutines.filter { $0.perOp > 0 }.compactMap(\.advice)
        } else {
            let sites = (metric.isRetained ? retained : self.sites).filter { $0.cost(metric) > 0 }
            let least = (sites.map { $0.cost(metric) }.max() ?? 0) / 10
            // What is not shown needs no advice.
            let main = sites.prefix(Explanation.mostLines).filter { $0.cost(metric) >= least }
            let other = main.isEmpty || metric.isRetained ? [] : poolAdvice
            all = main.compactMap { metric.isRetained ? $0.adviceOnHolder : advice($0) } + other
        }
        var told: Set<String> = []
        return Array(all.filter { told.insert($0.text).inserted }.prefix(Explanation.mostAdvice))
    }

    /// The text of a line of the later commit, as far as the hunks have it.
    private func text(_ file: String, _ line: Int) -> String? {
        hunks.lazy.filter { $0.file == file }.flatMap(\.lines).first { $0.number == line && $0.mark != "-" }?.text
    }

    /// What helps against what a line allocates.
    private func advice(_ site: SiteChange) -> Advice? {
        let line = text(site.file, site.line) ?? ""
        guard let callee = site.callee ?? form(of: line, at: site) else { return nil }
        if callee.hasPrefix("variable ") {
            return Advice(file: site.file, line: site.line, text: escapeAdvice(callee.dropFirst(9), in: site.file))
        }
        return Advice.text(callee, in: line, isRepeated: site.allocsPerOp.difference >= 1.5).map {
            Advice(file: site.file, line: site.line, text: $0)
        }
    }

    /// What helps against a variable that goes to the heap, through the call that takes its address where the change shows it.
    private func escapeAdvice(_ name: Substring, in file: String) -> String {
        let lines = hunks.filter { $0.file == file }.flatMap(\.lines).filter { $0.mark != "-" }
        let call = lines.sorted { $0.mark == "+" && $1.mark != "+" }.lazy.compactMap { line -> Substring? in
            line.text.matches(of: /([\w.]+)\([^()]*&(\w+)\b/).first { $0.2 == name }?.1
        }.first
        return call.map { "\(name) escapes to the heap through \($0)(&\(name)), which may keep it: pass its value" }
            ?? "\(name) escapes to the heap, since its address outlives the call: return or store its value"
    }

    /// What a line pays for that may pay for several things: a function literal of which the compiler says so, or a
    /// deferred call with nothing else on its line, for which Go allocates in loops only.
    private func form(of line: String, at site: SiteChange) -> String? {
        let isLiteral = escapes.contains {
            $0.file == site.file && $0.line == site.line && $0.change == "added"
                && $0.text.hasPrefix("func literal escapes")
        }
        if isLiteral { return "closure" }
        return line.firstMatch(of: /^\s*defer [\w.]+\([\w., ]*\)\s*(?:\/\/.*)?$/) != nil ? "defer" : nil
    }

    /// What helps where a change no longer puts back what a pool hands out.
    private var poolAdvice: [Advice] {
        hunks.compactMap { hunk in
            let puts = { (mark: String) in
                hunk.lines.filter { $0.mark == mark }.compactMap { $0.text.firstMatch(of: /([\w.]+)\.Put\(/)?.1 }
            }
            let here = hunk.lines.last { $0.mark != "-" && $0.text.contains(".Get(") }
            guard let pool = puts("-").first, puts("+").isEmpty, let here, here.text.contains("\(pool).Get(") else {
                return nil
            }
            return Advice(
                file: hunk.file, line: here.number,
                text: "what \(pool).Get returns is no longer put back: defer \(pool).Put(…)")
        }
    }
}

extension Advice {
    /// What helps against what a line pays for; nil for what has no rule.
    ///
    /// - Parameters:
    ///   - callee: What it pays for, as an explanation has it.
    ///   - line: The line's text; empty when it is not known.
    ///   - isRepeated: Whether it allocates more than once in an operation.
    fileprivate static func text(_ callee: String, in line: String, isRepeated: Bool) -> String? {
        switch callee {
        case "append":
            // Each growth copies all. One that allocates once has nothing to save.
            let slices = line.firstMatch(of: /(?:^|[^\w.\]])([\w.]+)\s*=\s*append\(([\w.]+),/)
            guard isRepeated, let slices, slices.1 == slices.2 else { return nil }
            return "\(slices.1) grows piece by piece: make it with its capacity, if the number of elements is known"
        case "fmt.Sprintf", "fmt.Sprint", "fmt.Sprintln":
            return line.contains("[fmt.Sprint") || line.firstMatch(of: /[kK]ey\w*\s*:?=\s*fmt\.Sprint/) != nil
                ? "a key need not be a string: a struct or an array of its parts allocates nothing"
                : "\(callee) boxes what it formats: strconv and + allocate only the string"
        case "interface conversion":
            if let call = line.firstMatch(of: /fmt\.Sprint(f|ln)?\(/) {
                return text(String(call.0.dropLast()), in: line, isRepeated: isRepeated)
            }
            return "each value put into an interface is copied to the heap: keep the concrete type, or store a pointer"
        case "string conversion", "[]byte conversion", "[]rune conversion":
            return "the conversion copies: keep one of the two types, or look up and compare without keeping the copy"
        case "closure":
            return "the closure and what it captures go to the heap: make it once, or pass what it needs as arguments"
        case "string concatenation" where isRepeated:
            return "each + copies the whole string: a strings.Builder that is grown first copies once"
        case "defer":
            return "a defer in a loop waits for the end of the function: make the body of the loop a function"
        default: return nil
        }
    }
}

extension Explanation.SiteChange {
    fileprivate func cost(_ metric: Metric) -> Double {
        (metric.isInBytes ? bytesPerOp : allocsPerOp).difference
    }

    /// What helps against what stays.
    fileprivate var adviceOnHolder: Advice? {
        let text: String
        switch callee {
        case "time.NewTicker", "time.NewTimer", "time.AfterFunc":
            text = "nothing stops it: keep what is returned, and defer its Stop"
        case "context.WithCancel", "context.WithTimeout", "context.WithDeadline":
            text = "the context stays with its parent until it is cancelled: defer its cancel function"
        default:
            // A goroutine's objects go when it ends, and what Go's own packages hold is theirs to look after.
            guard let heldBy, isOwn(heldBy) else { return nil }
            text = "\(heldBy.split(separator: "/").last ?? "") only grows: bound it, or remove what is no longer used"
        }
        return Advice(file: file, line: line, text: text)
    }

    /// Whether a variable is in the function's own package, or in one that is not Go's.
    private func isOwn(_ variable: String) -> Bool {
        func package(_ name: String) -> Substring {
            let last = name.lastIndex(of: "/") ?? name.startIndex
            return name[..<(name[last...].firstIndex(of: ".") ?? last)]
        }
        let path = package(variable)
        let host = path.split(separator: "/").first ?? ""
        return !path.isEmpty && (path == package(function) || path.contains("/") && host.contains("."))
    }
}

extension Explanation.GoroutineChange {
    /// What lets goroutines end that wait like this.
    fileprivate var advice: Advice? {
        let text: String
        if function.hasPrefix("time.") || state.hasPrefix("sleep") { return nil }
        switch state.prefix(while: { $0 != "," && $0 != "(" }) {
        case "chan receive":
            text = "nothing sends on the channel or closes it any more: close it, or let a context end the wait"
        case "chan send":
            text = "nothing receives any more: buffer the channel for what is sent, or let a context end the wait"
        case "select":
            text = "none of its cases can proceed any more: close what one of them waits for, such as a context's Done"
        case "IO wait": text = "what it reads from or writes to stays open: close it"
        case "sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock", "semacquire":
            text = "the lock is never released: defer the Unlock where it is taken"
        case "sync.WaitGroup.Wait": text = "not every Add has its Done: defer the Done where the work begins"
        case "sync.Cond.Wait": text = "nothing signals the condition any more"
        default: return nil
        }
        return Advice(file: file, line: line, text: text)
    }
}
