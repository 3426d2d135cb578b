import Benchmarks

extension Policy {
    /// Reads a policy from the text of its file; an empty text is the default policy.
    ///
    /// - Parameters:
    ///   - yaml: The file's text.
    ///   - file: The file, as errors are to name it.
    /// - Throws: `PolicyError` with line and column for what is not YAML, for a key that is not known and for a value
    ///   that means nothing.
    public init(yaml: String, file: String = Policy.fileName) throws(PolicyError) {
        self.init()
        self.file = file
        guard let root = try PolicyNode(reading: yaml, file: file) else { return }
        let fields = try root.fields([
            "packages", "functions", "benchmarks", "metrics", "severity", "missing", "thresholds", "ignore", "accept",
        ])
        packages = try fields.texts("packages") ?? packages
        kinds = try fields.kinds("functions") ?? kinds
        pattern = try fields.value("benchmarks") { text in
            let pattern = try BenchPattern(text)
            _ = try SeriesFilter(benchmark: pattern.function)
            return pattern
        }
        metrics = try fields.texts("metrics")?.map(Metric.init) ?? metrics
        severity = try fields.severity("severity") ?? severity
        missing = try fields.severity("missing") ?? missing
        limits = try fields.entries("thresholds") { (node) throws(PolicyError) in try Limit.limits(of: node) }.flatMap(
            \.self)
        ignores = try fields.entries("ignore") { (node) throws(PolicyError) in try Ignore(node) }
        acceptances = try fields.entries("accept") { (node) throws(PolicyError) in try Acceptance(node) }
        for node in root.values(of: ["metric", "metrics"]).reversed() {
            let metric = Metric(try node.text())
            metricPlaces[metric] = node.place
        }
    }
}

extension PolicyFields {
    fileprivate func kinds(_ key: String) throws(PolicyError) -> Set<FunctionKind>? {
        guard let node = values[key], try texts(key) != nil else { return nil }
        var kinds: Set<FunctionKind> = []
        for word in try node.list() {
            let text = try word.text()
            guard let kind = FunctionKind.allCases.first(where: { $0.noun + "s" == text }) else {
                throw word.error("'\(text)' is not a kind of function. Use benchmarks, tests or both.")
            }
            kinds.insert(kind)
        }
        return kinds
    }
}

extension Limit {
    /// The limits that an entry stands for: one, or one for each bound of its `all` or `any`.
    fileprivate static func limits(of node: PolicyNode) throws(PolicyError) -> [Limit] {
        let fields = try node.fields(["threshold", "severity", "all", "any"] + SeriesFilter.keys)
        let (filter, severity) = (try SeriesFilter(fields), try fields.severity("severity"))
        guard let key = ["all", "any"].first(where: { fields[$0] != nil }) else {
            let threshold = try fields.value("threshold", Threshold.init)
            if threshold == nil && severity == nil {
                throw node.error("This entry sets nothing. Give it a threshold, a severity or both.")
            }
            return [Limit(filter: filter, threshold: threshold, severity: severity, condition: nil)]
        }
        if key == "all", let other = fields["any"] {
            throw other.error("An entry has either 'all' or 'any', not both. Write an entry for each.")
        }
        for own in ["metric", "threshold"] {
            guard let other = fields[own] else { continue }
            throw other.error("Each bound of '\(key)' has its own \(own). Remove this one, or make it a bound.")
        }
        let bounds = try bounds(of: fields.required(key))
        let condition = key == "all" ? Condition(metrics: bounds.map(\.metric), line: node.line) : nil
        return bounds.map {
            Limit(filter: filter.of($0.metric), threshold: $0.threshold, severity: severity, condition: condition)
        }
    }

    private static func bounds(
        of list: PolicyNode
    ) throws(PolicyError) -> [(metric: Metric, threshold: Threshold)] {
        var bounds: [(metric: Metric, threshold: Threshold)] = []
        for node in try list.list() {
            let fields = try node.fields(["metric", "threshold"])
            let name = try fields.required("metric")
            let metric = try name.value(Metric.init)
            guard !bounds.contains(where: { $0.metric == metric }) else {
                throw name.error("The metric \(metric) is listed twice; keep one of its bounds.")
            }
            bounds.append((metric, try fields.required("threshold").value(Threshold.init)))
        }
        guard bounds.count > 1 else {
            throw list.error("Expected at least two bounds. Write a single one as the entry's own.")
        }
        return bounds
    }
}

extension Ignore {
    fileprivate init(_ node: PolicyNode) throws(PolicyError) {
        let fields = try node.fields(["reason", "until"] + SeriesFilter.keys)
        filter = try SeriesFilter(fields)
        reason = try fields.required("reason").text()
        let day = try fields.required("until")
        let text = try day.text()
        guard let until = Day(text) else { throw day.error("'\(text)' is not a valid date (2026-12-31).") }
        self.until = until
        line = node.line
    }
}

extension Acceptance {
    fileprivate init(_ node: PolicyNode) throws(PolicyError) {
        let fields = try node.fields(["commit", "reason"] + SeriesFilter.keys)
        filter = try SeriesFilter(fields)
        reason = try fields.required("reason").text()
        let id = try fields.required("commit")
        commit = try id.text()
        line = node.line
        _ = try fields.required("benchmark")
        // A branch would accept whatever comes next on it.
        guard (7...40).contains(commit.utf8.count), commit.allSatisfy(\.isHexDigit) else {
            throw id.error("'\(commit)' is not a commit id (at least seven digits).")
        }
    }
}

extension SeriesFilter {
    fileprivate static let keys = ["package", "benchmark", "metric"]

    fileprivate init(_ fields: PolicyFields) throws(PolicyError) {
        let package = try fields["package"]?.text()
        if let package, package != ".", !package.hasPrefix("./") {
            throw try fields.required("package").error(
                "'\(package)' is not a folder of the repository. Write ./book, or ./book/... for everything below it.")
        }
        let metric = try fields.value("metric", Metric.init)
        self =
            try fields.value("benchmark") { try SeriesFilter(package: package, benchmark: $0, metric: metric) }
            ?? SeriesFilter(package: package, metric: metric)
    }
}
