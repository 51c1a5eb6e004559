// Drawings that come after the page's first sight.

export { complexity } from '../../../charts/complexity';
export { distances, lagEquality, mutualInformation } from '../../../charts/distances';
