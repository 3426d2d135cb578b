/// What `go tool pprof -raw` and `-top` print, read independently of the format that they read.
struct RawText {
    /// The values of every stack together, without those that are all zero. A stack is `function file:line` by call.
    let values: [[String]: [Int64]]

    init(_ text: String) throws {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var locations: [String: [String]] = [:]
        var samples: [(values: [Int64], ids: [String])] = []
        var (section, id) = ("", "")
        for line in lines {
            if ["Samples:", "Locations", "Mappings"].contains(line) {
                section = String(line)
            } else if section == "Samples:", let match = line.wholeMatch(of: /\s*([\d ]+):((?: \d+)*) ?/) {
                let values = match.1.split(separator: " ").compactMap { Int64($0) }
                samples.append((values, match.2.split(separator: " ").map(String.init)))
            } else if section == "Locations", let match = line.wholeMatch(of: /\s*(\d+): 0x[0-9a-f]+ (?:M=\d+ )?(.*)/) {
                id = String(match.1)
                locations[id] = [try RawText.call(match.2)]
            } else if section == "Locations", !line.isEmpty {
                locations[id, default: []].append(try RawText.call(line))
            }
        }
        var sums: [[String]: [Int64]] = [:]
        for sample in samples where sample.values.contains(where: { $0 != 0 }) {
            let stack = try sample.ids.flatMap { id in
                guard let calls = locations[id] else { throw GoProfiles.Failure(description: "no location \(id)") }
                return calls
            }
            sums[stack] = zip(sums[stack] ?? sample.values.map { _ in 0 }, sample.values).map { $0 + $1 }
        }
        values = sums
    }

    private static func call(_ text: Substring) throws -> String {
        guard let match = text.wholeMatch(of: /\s*(.*) (\S+?:\d+)(?::\d+)? s=\d+(?:\(.*\))?\s*/) else {
            throw GoProfiles.Failure(description: "no location: \(text)")
        }
        return short(match.1) + " " + match.2
    }

    /// Flat and cumulative values by function of `-top`, without those that are all zero.
    static func top(_ text: String) -> [String: (flat: Int64, cumulative: Int64)] {
        var functions: [String: (flat: Int64, cumulative: Int64)] = [:]
        let row = /\s*(\d+)B?\s+\S+%?\s+\S+%\s+(\d+)B?\s+\S+%?  (.*?)(?: \(inline\)| \(partial-inline\))?/
        for line in text.split(separator: "\n") {
            guard let match = line.wholeMatch(of: row), let flat = Int64(match.1), let cumulative = Int64(match.2),
                cumulative != 0
            else { continue }
            let known = functions[short(match.3)] ?? (0, 0)
            functions[short(match.3)] = (known.flat + flat, known.cumulative + cumulative)
        }
        return functions
    }

    private static func short(_ name: Substring) -> String { String(name).replacing(/\[.*\]/, with: "[...]") }
}
