import ArgumentParser
import GoToolchain
import Measuring

extension Duration {
    /// Reads a duration as Go writes it: `90s`, `10m`, `1h30m`.
    init(argument: String) throws {
        var seconds = 0.0
        var rest = argument[...]
        while !rest.isEmpty {
            let number = rest.prefix { $0.isNumber || $0 == "." }
            rest = rest.dropFirst(number.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard let value = Double(number), let scale = ["ms": 0.001, "s": 1, "m": 60, "h": 3600][unit] else {
                throw ValidationError("'\(argument)' is not a valid duration. Write, for example, 90s, 10m or 1h30m.")
            }
            seconds += value * scale
        }
        guard seconds > 0 else { throw ValidationError("'\(argument)' is not a duration greater than zero.") }
        self = .seconds(seconds)
    }
}

/// What a search may take.
enum Budget {
    case time(Duration)
    /// For each timed series.
    case runs(Int)

    /// Reads a duration such as `5m`, or a number of runs such as `200runs`.
    init(argument: String) throws {
        guard argument.hasSuffix("runs") else {
            self = .time(try Duration(argument: argument))
            return
        }
        guard let runs = Int(argument.dropLast("runs".count)), runs > 0 else {
            throw ValidationError("'\(argument)' is not a valid number of runs. Write, for example, 200runs.")
        }
        self = .runs(runs)
    }
}

extension Shard {
    /// Reads a part such as `3/8`.
    init(argument: String) throws {
        guard let shard = Shard(argument) else {
            throw ValidationError("--shard expects K/N, such as 3/8, not '\(argument)'.")
        }
        self = shard
    }
}

extension Int {
    /// Reads a number of at least 1.
    init(countArgument text: String) throws {
        guard let count = Int(text), count > 0 else {
            throw ValidationError("Write a whole number of at least 1.")
        }
        self = count
    }

    /// Reads a value of GOMAXPROCS.
    init(cpuArgument text: String) throws {
        guard !text.contains(",") else {
            throw ValidationError("All runs have the same GOMAXPROCS, so give one number, and search once for each.")
        }
        try self.init(countArgument: text)
    }
}

extension UInt64 {
    /// Reads a size such as `512M` or `2GiB`, in powers of 1024.
    init(sizeArgument text: String) throws {
        let number = text.prefix { $0.isNumber || $0 == "." }
        let unit = text.dropFirst(number.count).uppercased().replacing("IB", with: "").replacing("B", with: "")
        guard let value = Double(number), let shift = ["": 0, "K": 10, "M": 20, "G": 30, "T": 40][unit], value > 0,
            value < 1e6
        else { throw ValidationError("'\(text)' is not a valid size. Write, for example, 512M or 2G.") }
        self = UInt64(value * Double(UInt64(1) << UInt64(shift)))
    }
}

extension Sanitizer {
    /// Reads a kind of sanitizer by its name.
    init(argument: String) throws {
        guard let sanitizer = Sanitizer(rawValue: argument) else {
            throw ValidationError("--sanitizer takes race, address, memory or checkptr, not '\(argument)'.")
        }
        self = sanitizer
    }
}

extension Sandbox.Choice {
    /// Reads a kind of box by its name.
    init(argument: String) throws {
        guard let choice = Sandbox.Choice(rawValue: argument) else {
            throw ValidationError("--sandbox takes auto, bwrap, landlock or off, not '\(argument)'.")
        }
        self = choice
    }
}
