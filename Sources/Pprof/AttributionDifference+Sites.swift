extension AttributionDifference {
    /// The differences between paired sites, and those that have no partner.
    static func sites(
        _ before: Attribution, _ after: Attribution, moved: (String, Int) -> (file: String, line: Int)?,
        text: (Side, String, Int) -> String?
    ) -> [SiteDifference] {
        var pairing = Pairing(before: SourceCall.all(before.sites), after: SourceCall.all(after.sites))
        pairing.pair { side, call in
            let position = (file: call.site.file, line: call.site.line)
            let now = side == .before ? moved(position.file, position.line) : position
            return now.map { PositionKey(file: $0.file, line: $0.line, callee: call.site.callee) }
        }
        pairing.updateAlone { side, call in
            call.text = (text(side, call.site.file, call.site.line) ?? "").trimmingSpace()
        }
        pairing.pair { _, call in
            let function = String(GoName.lastComponent(of: call.site.function))
            return call.text.isEmpty ? nil : TextKey(text: call.text, callee: call.site.callee, function: function)
        }
        pairing.pair { _, call in
            call.text.isEmpty ? nil : TextKey(text: call.text, callee: call.site.callee, function: nil)
        }
        // An edited line that costs what it did, before whatever else is new in the function.
        pairing.pair { CostKey(function: $1.site.function, callee: $1.site.callee, cost: $1.cost) }
        pairing.pair(alone: true) { FunctionKey(function: $1.site.function, callee: $1.site.callee) }
        return pairing.all.compactMap { SiteDifference(before: $0.before, after: $0.after) }
            .filter { $0.difference != .zero }
            .sorted { $0.precedes($1) }
    }

    private struct PositionKey: Hashable {
        let file: String
        let line: Int
        let callee: String?
    }

    private struct TextKey: Hashable {
        let text: String
        let callee: String?
        let function: String?
    }

    private struct CostKey: Hashable {
        let function: String
        let callee: String?
        let cost: Cost
    }

    private struct FunctionKey: Hashable {
        let function: String
        let callee: String?
    }
}
