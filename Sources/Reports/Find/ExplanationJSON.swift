import Benchmarks
import Explaining

/// An explanation as it stands in JSON documents.
struct ExplanationJSON: Encodable {
    private let kind, reason: String
    private let share: Nullable<Double>
    private let sites, retained: [Site]
    private let functions: [Function]
    private let hunks: [Hunk]
    private let goroutines: [Goroutine]
    private let instructions: [Instructions]
    private let reports: [SanitizerReport]
    private let escapes: [Explanation.Escape]
    private let ladder: [Explanation.ScalingPoint]
    private let modules: [Module]
    private let parents: [Parent]
    private let profiles: Nullable<Explanation.Profiles>
    private let cpuProfiles: Explanation.Profiles?
    private let proof: Nullable<Proof>
    private let advice: [Advice]
    private let warnings: [String]

    init(_ explanation: Explanation, _ metric: Metric) {
        kind = explanation.kind.rawValue
        reason = explanation.reason
        share = Nullable(explanation.share)
        sites = explanation.sites.map(Site.init)
        retained = explanation.retained.map(Site.init)
        functions = explanation.functions.map(Function.init)
        hunks = explanation.hunks.map(Hunk.init)
        goroutines = explanation.goroutines.map(Goroutine.init)
        instructions = explanation.instructions.map(Instructions.init)
        reports = explanation.reports
        escapes = explanation.escapes
        ladder = explanation.scaling
        modules = explanation.modules.map(Module.init)
        parents = explanation.parents.map(Parent.init)
        profiles = Nullable(explanation.profiles)
        cpuProfiles = explanation.cpuProfiles
        proof = Nullable(explanation.proof.map(Proof.init))
        advice = explanation.advice(for: metric)
        warnings = explanation.warnings
    }

    private struct Site: Encodable {
        let function, file: String
        let line: Int
        let callee: Nullable<String>
        let allocsPerOp, bytesPerOp: Explanation.Change
        let heldBy: Nullable<String>

        init(_ site: Explanation.SiteChange) {
            (function, file, line) = (site.function, site.file, site.line)
            callee = Nullable(site.callee)
            (allocsPerOp, bytesPerOp) = (site.allocsPerOp, site.bytesPerOp)
            heldBy = Nullable(site.heldBy)
        }
    }

    private struct Function: Encodable {
        let function, file: String
        let flatAllocsPerOp, cumulativeAllocsPerOp: Explanation.Change

        init(_ change: Explanation.FunctionChange) {
            (function, file) = (change.function, change.file)
            (flatAllocsPerOp, cumulativeAllocsPerOp) = (change.flat, change.cumulative)
        }
    }

    private struct Hunk: Encodable {
        let file: String
        let function: Nullable<String>
        let lines: [Line]

        init(_ hunk: ExplainedHunk) {
            file = hunk.file
            function = Nullable(hunk.function)
            lines = hunk.lines.map(Line.init)
        }

        struct Line: Encodable {
            let mark: String
            let number: Int
            let text: String
            let allocsPerOp: Nullable<Double>

            init(_ line: ExplainedHunk.Line) {
                (mark, number, text) = (line.mark, line.number, line.text)
                allocsPerOp = Nullable(line.allocsPerOp)
            }
        }
    }

    private struct Goroutine: Encodable {
        let perOp: Double
        let state: String
        let isLeaked: Bool
        let function, file: String
        let line: Int
        let createdBy: Nullable<Explanation.Place>

        init(_ group: Explanation.GoroutineChange) {
            (perOp, state, isLeaked) = (group.perOp, group.state, group.isLeaked)
            (function, file, line) = (group.function, group.file, group.line)
            createdBy = Nullable(group.createdBy)
        }
    }

    private struct Instructions: Encodable {
        let function: String
        let file: Nullable<String>
        let line: Nullable<Int>
        let perOp: Explanation.Change

        init(_ change: Explanation.InstructionChange) {
            function = change.function
            (file, line) = (Nullable(change.file), Nullable(change.line))
            perOp = change.perOp
        }
    }

    private struct Module: Encodable {
        let path: String
        let before, after: Nullable<String>

        init(_ module: Explanation.ModuleChange) {
            path = module.path
            (before, after) = (Nullable(module.before), Nullable(module.after))
        }
    }

    private struct Parent: Encodable {
        let commit: String
        let value: Nullable<Double>
        let agrees: Bool

        init(_ parent: Explanation.ParentValue) {
            (commit, agrees) = (parent.commit, parent.agrees)
            value = Nullable(parent.value)
        }
    }

    private struct Proof: Encodable {
        let with, without: Nullable<Double>
        let reason: Nullable<String>
        let leftOut: [String]

        init(_ proof: Explanation.Proof) {
            switch proof {
            case .reverted(let with, let without, let leftOut):
                (self.with, self.without, reason) = (Nullable(with), Nullable(without), Nullable(nil))
                self.leftOut = leftOut
            case .notPossible(let text):
                (with, without, reason) = (Nullable(nil), Nullable(nil), Nullable(text))
                leftOut = []
            }
        }
    }
}
