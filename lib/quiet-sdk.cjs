'use strict';

// The SDK says what its next versions will ask of Node; the version in use is pinned, and this Node is good enough for it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
