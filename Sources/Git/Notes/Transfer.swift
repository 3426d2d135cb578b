import CGit2

/// One exchange with a remote: what libgit2 asks while it lasts, and what the remote answers.
final class Transfer {
    /// Why the remote did not take a ref; nil when it took it.
    private(set) var refusal: String?
    private var attempts = 0

    /// What libgit2 hands to the callbacks; valid as long as this object lives.
    private var payload: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    private static func at(_ payload: UnsafeMutableRawPointer?) -> Transfer? {
        payload.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Makes libgit2 ask and tell this object.
    func attach(to callbacks: inout git_remote_callbacks) {
        callbacks.payload = payload
        callbacks.credentials = { credential, _, user, allowed, payload in
            // Only the ssh agent is asked, and once: libgit2 would go on forever. Passwords are git's own affair.
            guard let transfer = Transfer.at(payload), let user, transfer.attempts == 0,
                allowed & GIT_CREDENTIAL_SSH_KEY.rawValue != 0
            else { return GIT_EAUTH.rawValue }
            transfer.attempts += 1
            return git_credential_ssh_key_from_agent(credential, user)
        }
        callbacks.push_update_reference = { _, status, payload in
            if let status { Transfer.at(payload)?.refusal = String(cString: status) }
            return 0
        }
    }
}
