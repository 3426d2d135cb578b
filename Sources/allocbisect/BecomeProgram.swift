#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Lets another program take the place of this one, with its terminal.
///
/// - Parameter words: The program's path, and its arguments.
/// - Throws: `ProgramError` when it could not be started.
func becomeProgram(_ words: [String]) throws(ProgramError) -> Never {
    // A handler ends with the program that has it, and what is blocked would stay so.
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    execv(words[0], words.map { strdup($0) } + [nil])
    throw ProgramError(description: "\(words[0]) could not be started: \(String(cString: strerror(errno))).")
}

/// Why another program could not take the place of this one.
struct ProgramError: Error, CustomStringConvertible {
    let description: String
}
