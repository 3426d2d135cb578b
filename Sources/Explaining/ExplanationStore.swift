import Benchmarks
import Git
import MeasurementCache

import struct Foundation.Data
import class Foundation.FileManager
import class Foundation.JSONDecoder
import class Foundation.JSONEncoder

/// The explanations that the results cache keeps, of what was measured with one recipe.
struct ExplanationStore: Sendable {
    let cache: MeasurementCache
    let recipe: MeasurementCache.RecipeID

    /// What was explained before, by this version, with the same recipe.
    func recall(_ subject: Explainer.Subject, _ question: Explainer.Question) throws -> Explanation? {
        guard let text = try cache.explanation(key(subject, question), recipe: recipe) else {
            return nil
        }
        // One that cannot be read is made again.
        guard var explanation = try? JSONDecoder().decode(Explanation.self, from: Data(text.utf8)) else { return nil }
        if let profiles = explanation.profiles,
            ![profiles.before, profiles.after].allSatisfy(FileManager.default.fileExists)
        {
            explanation.profiles = nil
            explanation.warnings.append("its profiles are gone: only the newest are kept")
        }
        return explanation
    }

    func keep(_ explanation: Explanation, of subject: Explainer.Subject, _ question: Explainer.Question) throws {
        let text = String(decoding: try JSONEncoder().encode(explanation), as: UTF8.self)
        try cache.store(explanation: text, key(subject, question), recipe: recipe)
    }

    private func key(_ subject: Explainer.Subject, _ question: Explainer.Question) -> MeasurementCache.ExplanationKey {
        .init(
            commit: question.after.id.description, base: question.before.id.description, target: question.target,
            benchmark: subject.benchmark, unit: subject.metric.unit, version: Explanation.version)
    }
}
