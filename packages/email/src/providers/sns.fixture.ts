/** A certificate as SNS serves them, and what was signed with its key, which was thrown away. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIDGzCCAgOgAwIBAgIUe129eL+Hx9uKFQypWoRpDHpkYrIwDQYJKoZIhvcNAQEL
BQAwHDEaMBgGA1UEAwwRc25zLmFtYXpvbmF3cy5jb20wIBcNMjYxMTIzMDI0OTA5
WhgPMjEyNjEwMzAwMjQ5MDlaMBwxGjAYBgNVBAMMEXNucy5hbWF6b25hd3MuY29t
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwR4ZrUDfe6wwQhJbkEp1
9Dd+MPACoQ7zkUGscQ33Jt1I/Dgf+aOGxlKD5sKhtba3Wttb1ydpB9plSdZlCK4a
tWcmrSVfeHldKwLbbx5aP3eycp1j4/KAZUgqQOSmSCwEoA6GMZNeIIn+n+NQgQ7w
L0Xp+L/qnOCc1IP8nQy9HH5Cw04afQlKl14ydzGP30/mM21PayoMn/yVDml7gVsu
VCN8tJg5i35+0bTlpuCOHOgFlvePJbTKqhAMkofE4VPsJcT0BwTDrIS/tG4tG5Ts
I60IyXJSgDXjAAyS8BqXpsdbsjPg9QPaXSFt6yHJY46/aaqj7L/tBBTmGc0iD/hl
dwIDAQABo1MwUTAdBgNVHQ4EFgQU/Z7pDK5NNF0aHjpVV0E8vQG0aq0wHwYDVR0j
BBgwFoAU/Z7pDK5NNF0aHjpVV0E8vQG0aq0wDwYDVR0TAQH/BAUwAwEB/zANBgkq
hkiG9w0BAQsFAAOCAQEAoU5hEOGUDLCM4c8NJLCicpdljM74/5zC/1P8FUFGVZIf
Hylnv3H/6MeiUstuqneAVMqJ2N41eksMdCLZ6zTklmocELiBx8NyKjZMgKCqFTKM
DLdZ/bCItdsQYz5o/U6qNNCztGB2FDWhvqccHyOVovW9NA4x9EXh52UpvCqMzU64
P975LCASrheCkQamNQ1MP8WlW3HfM8em/jo5iSjYVW+BvBk8LZrpeDxkuR0l9A7n
jJ+2bReRzN3xsB9nbR3l4VCPDvvXKgPwyyu+1SsfhnkL+mKccuzWdH9rI9NDm/yE
ksWdiawre0zSgdupfjFD90VSH0v27gCHZPMvCfDbCg==
-----END CERTIFICATE-----
`

export const confirmation = {
  Type: "SubscriptionConfirmation",
  MessageId: "sns-1",
  Token: "t0ken",
  TopicArn: "arn:aws:sns:eu-west-1:123456789012:inbound",
  Message: "You have chosen to subscribe.",
  SubscribeURL: "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t0ken",
  Timestamp: "2024-05-06T10:00:00.000Z",
  SignatureVersion: "2",
  SigningCertURL: "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-9d5f.pem",
  Signature: [
    "CWmBQFTirBIzWsBlFPhgVWPZytcxmG578cqhZcBV1TsYwEuB30l/tknPALqakUHA0BL4NZZjs8tHtnKHzz7daYew2Nm+NZ2B",
    "tRZtwtBbjDLK/P7eChWSPaKvpi+kfQVguVHJ26EJ8JGRGQovas8mM4ZTu2T2uJSIlcl4yYCQM5Gd2tqJ+y49ff7ePu07o48X",
    "aPWMIosGhpO25PVf7IqX9p66TQ3KuawFrbX1KxU6Q2wJdH6r3aU8olH5KMdwrw5iRa6sMssyz6PrgcIXKhvAk8zkcPNryCGC",
    "M5S9svJPedYhKpvyhicUKTvmRz/RkusLD9mGZuvD37H+vyaSfIKMBg==",
  ].join(""),
}
