import AllocBisectCore
import ArgumentParser
import Demo
import Git
import Measuring
import Reports

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the program's exit status says; the one place where outcomes and errors become numbers.
enum ExitStatus: Int32, Error {
    case done = 0
    case failed = 1
    case couldNot = 2
    case notCrossed = 3
    case inconclusive = 4
    case usage = 64

    /// The status of a search.
    init(_ outcome: SeriesOutcome) {
        switch outcome {
        case .found: self = .done
        case .notCrossed, .removed, .new: self = .notCrossed
        case .oneOf, .inconclusive, .missingAtGood: self = .inconclusive
        }
    }

    /// Prints an error, if there is anything to say, and gives the status to end with.
    static func report(_ error: any Error) -> Int32 {
        switch error {
        case let status as ExitStatus: return status.rawValue
        case is BrokenPipe: return ExitStatus.couldNot.rawValue
        case let error as UsageError:
            Console.printError("\(error)")
            return ExitStatus.usage.rawValue
        case let error as CoreError:
            Console.printError("allocbisect: \("\(error)".linesTerminalSafe)")
            return (error.code == .usage ? ExitStatus.usage : .couldNot).rawValue
        case let error as DemoError:
            Console.printError("allocbisect: \("\(error)".linesTerminalSafe)")
            return ExitStatus.usage.rawValue
        case let error as GitError:
            Console.printError("allocbisect: \("\(error)".linesTerminalSafe)")
            return (error.code == .invalidRange ? ExitStatus.usage : .couldNot).rawValue
        default: break
        }
        let code = AllocBisect.exitCode(for: error)
        guard AllocBisect.isFromParser(error, code) else {
            Console.printError("allocbisect: \("\(error)".linesTerminalSafe)")
            return ExitStatus.couldNot.rawValue
        }
        let message = AllocBisect.fullMessage(for: error)
        if code.isSuccess {
            try? Console.print(message + "\n" + HelpExamples.text(after: message))
        } else {
            Console.printError(message)
        }
        return code.rawValue
    }
}

extension AllocBisect {
    /// An error as a sentence: what a user reads of it on standard error, without the usage that follows there.
    static func sentence(for error: any Error) -> String {
        let isFromParser = isFromParser(error, exitCode(for: error))
        return (isFromParser ? message(for: error) : "\(error)".linesTerminalSafe).withoutPasswords
    }

    /// Whether an error is a request for help or a mistake in the arguments, which the parser words itself.
    fileprivate static func isFromParser(_ error: any Error, _ code: ExitCode) -> Bool {
        code.isSuccess || code == .validationFailure
    }

    static func exit(withStatus status: Int32) -> Never {
        #if canImport(Glibc)
            Glibc.exit(status)
        #else
            Darwin.exit(status)
        #endif
    }
}
