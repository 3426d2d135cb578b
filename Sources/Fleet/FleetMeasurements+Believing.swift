import Benchmarks
import Git
import Measuring

extension FleetMeasurements {
    /// Why a machine is not believed.
    struct Refusal {
        /// What speaks against it, as a clause for a warning.
        var text: String
        /// The target that it counts otherwise; nil for another reason.
        var target: Measurement.Target?
    }

    /// Why a machine does not measure as this one does; nil when it does.
    func reasonToRefuse(_ delivery: Delivery, _ parts: [References.Part]) throws -> Refusal? {
        if let difference = delivery.records.lazy.compactMap({ $0.recipe.difference(from: base.fullRecipe) }).first {
            return Refusal(text: difference)
        }
        for part in parts {
            for known in part.known {
                let record = delivery.records.first {
                    $0.commit == part.commit.description && $0.measurement.target == known.target
                }
                guard let record else {
                    return Refusal(text: "it did not measure \(part.commit.short), which is known here")
                }
                if let difference = record.measurement.countDifference(from: known) {
                    return Refusal(text: "at \(part.commit.short) it has \(difference)", target: known.target)
                }
            }
        }
        return nil
    }

    /// Whether a record has other counts than what is known here of the same commit, which stands then.
    func contradictsOwn(_ record: MeasurementRecord, at commit: ObjectID) throws -> Bool {
        guard let own = try base.recallOwn(record.measurement.target, at: commit)?.measurement, !own.rounds.isEmpty,
            let difference = record.measurement.countDifference(from: own)
        else { return false }
        notes.add(["\(record.machine) contradicts what is known of \(commit.short): \(difference)"])
        return true
    }
}
